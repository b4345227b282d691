import { readFileSync, readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { unzipSync, strFromU8 } from 'fflate';
import { extractDocument } from '/tmp/w/formats/lib/ingestion/extract/index.ts';
const words = (t: string) => t.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
function lcs(a: string[], b: string[]) { // Hunt–Szymanski
  const pos = new Map<string, number[]>(); b.forEach((w,i)=>{ const p=pos.get(w); if(p)p.push(i); else pos.set(w,[i]);});
  const tails:number[]=[]; for (const w of a){ const p=pos.get(w); if(!p) continue; for(let k=p.length-1;k>=0;k--){ const v=p[k]; let lo=0,hi=tails.length; while(lo<hi){const m=(lo+hi)>>1; if(tails[m]<v) lo=m+1; else hi=m;} tails[lo]=v; } } return tails.length; }
const C='/work/shared/corpus/';
for (const dir of ['docx','pptx','formats/docx','formats/pptx','formats/odt','formats/odp','formats/rtf','formats/epub','formats/xlsx','formats/ods','formats/html']) for (const f of readdirSync(C+dir)) {
  const path=`${C}${dir}/${f}`; const ext=f.split('.').pop()!;
  try {
    const r = await extractDocument({bytes:new Uint8Array(readFileSync(path)),mimeType:'',fileName:f});
    const ours = words(r.pages.map(p=>p.content).join('\n'));
    let ref = '';
    if (['docx','odt','rtf','epub','html'].includes(ext)) ref = execFileSync('pandoc',['-t','plain','--wrap=none',path],{maxBuffer:1e9}).toString();
    else { const z=unzipSync(new Uint8Array(readFileSync(path))); const pick = Object.keys(z).filter(n=>/ppt\/(slides|notesSlides)\/[^/]*\.xml$|xl\/sharedStrings.xml$|^content.xml$/.test(n)).sort((x,y)=>Number(/\d+/.exec(x)?.[0]??0)-Number(/\d+/.exec(y)?.[0]??0)); ref = pick.map(n=>strFromU8(z[n]).replace(/<a:fld[^>]*type="slidenum"[\s\S]*?<\/a:fld>/g,'').replace(/<\/(a:p|text:p|si|text:h)>/g,'\n').replace(/<[^>]+>/g,'')).join('\n'); }
    const rw = words(ref); const bag = new Map<string,number>(); for (const w of ours) bag.set(w,(bag.get(w)??0)+1); let hit=0; const miss:string[]=[]; for (const w of rw){ const n=bag.get(w)??0; if(n>0){hit++;bag.set(w,n-1);} else miss.push(w);}
    console.log(`${dir}/${f} ref ${rw.length} ours ${ours.length} recall ${(hit/Math.max(1,rw.length)).toFixed(3)} order ${(lcs(rw,ours)/Math.max(1,rw.length)).toFixed(3)} miss ${miss.slice(0,14).join(' ')}`);
  } catch(e:any){ console.log(dir,f,e.code??e.message); }
}
