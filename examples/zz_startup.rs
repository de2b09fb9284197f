use std::time::Instant;
fn main(){ let t=Instant::now(); let tb=allonym::Tables::embedded(); let a=t.elapsed(); let e=allonym::Extractor::embedded(); let b=t.elapsed(); let _=e.extract("a","Rebels left Idlib."); let c=t.elapsed(); let r=allonym::Resolver::embedded(); let d=t.elapsed(); println!("tables {a:?} extractor {b:?} first {c:?} resolver {d:?} {}", tb.entities().len()); let _=r; }
