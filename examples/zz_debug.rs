use std::io::Read;
fn main(){ let mut t=String::new(); std::io::stdin().read_to_string(&mut t).unwrap(); let none=std::env::args().any(|a| a=="none");
 let tb= if none {allonym::Tables::none()} else {allonym::Tables::embedded()};
 let e=allonym::Extractor::builder().tables(tb).build().unwrap(); let x=e.extract("a",&t);
 for m in &x.mentions { let s:Vec<String>=m.sources.iter().map(|s| format!("{}{:+}",s.rule,s.weight)).collect(); println!("{} {} {} [{}]",m.kind.code(),m.surface,m.weight,s.join(" ")); }
 for c in &x.claims { println!("CLAIM {:?} {} | {} | {}",c.relation,x.mentions[c.left].surface,x.mentions[c.right].surface,c.rule); } }
