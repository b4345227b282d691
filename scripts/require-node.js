/**
 * Loaded before anything else: an older Node fails somewhere in the middle, without a word about why. Plain JavaScript,
 * because that Node could not read more.
 */
const NEEDED = 24;
const [major = '0'] = process.versions.node.split('.');
if (Number(major) < NEEDED) {
  process.stderr.write(
    `Clerva needs Node ${NEEDED} or newer; this is ${process.versions.node}. "npm install" brings Node ${NEEDED} for all npm scripts; ` +
      'without npm, put node_modules/.bin first into PATH. Where the development packages are left out, install it on the machine.\n',
  );
  process.exit(1);
}

export {};
