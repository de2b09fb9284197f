//! How time grows with the size of lists, as figures in a file and as a drawing of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;

use crate::{Failure, Options};

/// Adds a figure to the file that the options name: what, of how many names, in how many seconds and bytes.
pub fn note(options: &Options, what: &str, size: usize, seconds: f64, peak: u64) -> Result<(), Failure> {
    let Some(file) = &options.figures else { return Ok(()) };
    let begun = fs::metadata(file).is_ok_and(|kept| kept.len() > 0);
    let mut out = OpenOptions::new().create(true).append(true).open(file)?;
    if !begun {
        writeln!(out, "what,names,seconds,megabytes")?;
    }
    Ok(writeln!(out, "{what},{size},{seconds:.3},{:.0}", peak as f64 / 1e6)?)
}

/// The power of the size that time grows with: the slope of the line through the points in logarithms.
pub fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let logs: Vec<(f64, f64)> = points.iter().map(|(size, time)| (size.ln(), time.ln())).collect();
    let count = logs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let wide: f64 = logs.iter().map(|p| (p.0 - x).powi(2)).sum();
    let along: f64 = logs.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    (logs.len() > 1 && wide > 0.0).then(|| along / wide)
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
/// Room for what stands at the axes: left, right, top, bottom.
const ROOM: [f64; 4] = [70.0, 170.0, 30.0, 50.0];
/// Told apart by those who see few colours, too.
const COLOURS: [&str; 5] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"];

/// Draws the figures of a file, what is figured by name, in logarithms.
pub fn draw(arguments: &[String]) -> Result<(), Failure> {
    let [file, svg] = arguments else { return Err("draw FILE SVG".into()) };
    let mut lines: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for (i, row) in fs::read_to_string(file)?.lines().enumerate().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let [what, names, seconds, _] = fields[..] else { return Err(format!("{file}:{}: not four fields", i + 1).into()) };
        lines.entry(what.to_owned()).or_default().push((names.parse()?, seconds.parse()?));
    }
    fs::write(svg, drawing(&mut lines)?)?;
    Ok(())
}

fn drawing(lines: &mut BTreeMap<String, Vec<(f64, f64)>>) -> Result<String, Failure> {
    let all: Vec<(f64, f64)> = lines.values().flatten().copied().collect();
    let bounds = |of: &dyn Fn(&(f64, f64)) -> f64| {
        let logs = || all.iter().map(|point| of(point).log10());
        (logs().fold(f64::MAX, f64::min).floor(), logs().fold(f64::MIN, f64::max).ceil())
    };
    if all.is_empty() {
        return Err("no figures".into());
    }
    let ((left, right), (low, high)) = (bounds(&|p| p.0), bounds(&|p| p.1));
    let [before, after, above, below] = ROOM;
    let x = |log: f64| before + (log - left) / (right - left).max(1.0) * (WIDTH - before - after);
    let y = |log: f64| HEIGHT - below - (log - low) / (high - low).max(1.0) * (HEIGHT - above - below);
    let mut out = String::new();
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\" aria-label=\"Seconds for lists of so many names\">"
    )?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>")?;
    for log in steps(left, right) {
        let at = x(log);
        writeln!(out, "<path d=\"M{at:.1} {above} V{:.1}\" stroke=\"#ddd\"/>", HEIGHT - below)?;
        let names = short(log);
        writeln!(out, "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{names}</text>", HEIGHT - below + 20.0)?;
    }
    for log in steps(low, high) {
        let at = y(log);
        writeln!(out, "<path d=\"M{before} {at:.1} H{:.1}\" stroke=\"#ddd\"/>", WIDTH - after)?;
        let seconds = format!("{} s", 10f64.powf(log));
        writeln!(out, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{seconds}</text>", before - 8.0, at + 4.0)?;
    }
    let middle = f64::midpoint(before, WIDTH - after);
    writeln!(out, "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">names</text>", HEIGHT - 10.0)?;
    for ((what, points), colour) in lines.iter_mut().zip(COLOURS.iter().cycle()) {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let place = |point: &(f64, f64)| (x(point.0.log10()), y(point.1.log10()));
        let path: Vec<String> = points.iter().map(place).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        writeln!(out, "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>", path.join(" L"))?;
        for (x, y) in points.iter().map(place) {
            writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\"/>")?;
        }
        if let Some((x, y)) = points.last().map(place) {
            let power = slope(points).map_or_else(String::new, |slope| format!(", power {slope:.2}"));
            writeln!(out, "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{what}{power}</text>", x + 10.0, y + 4.0)?;
        }
    }
    writeln!(out, "</svg>")?;
    Ok(out)
}

/// The powers of ten from one to another.
fn steps(from: f64, to: f64) -> impl Iterator<Item = f64> {
    (from as i32..=to as i32).map(f64::from)
}

/// A power of ten, as people say it.
fn short(log: f64) -> String {
    match log as i32 {
        log @ 6.. => format!("{} M", 10u64.pow(log.unsigned_abs() - 6)),
        log @ 3.. => format!("{} k", 10u64.pow(log.unsigned_abs() - 3)),
        log => format!("{}", 10f64.powi(log)),
    }
}
