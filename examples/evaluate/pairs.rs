//! Pairs of names: how well the score tells variants of one name from names of two.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use allonym::{EntityKind, PreparedName};

use crate::common::{self, Options};
use crate::csv::Sheet;
use crate::metrics::f1;
use crate::progress::Progress;

/// Scores every file.
pub fn evaluate(
    files: &[String],
    options: &Options,
    progress: &mut Progress,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    options.tables()?;
    writeln!(out, "{:34} {:>6}  P     R     F1    bestF1 at     R@P95 R@P99 AUC    pairs/s", "set", "pairs")?;
    for file in files {
        let sheet = Sheet::parse(file, &common::must_read(file)?, &["type", "name1", "name2", "is_match"])?;
        let place = |column| sheet.column(column).unwrap_or_default();
        let (kind, one, two, truth) = (place("type"), place("name1"), place("name2"), place("is_match"));
        let mut pairs: Vec<(PreparedName, PreparedName, bool)> = Vec::with_capacity(sheet.rows.len());
        for (i, row) in sheet.rows.iter().enumerate() {
            progress.at(file, i, Some(sheet.rows.len()));
            let parsed: EntityKind = row.fields[kind].parse().map_err(|e| format!("{file}:{}: {e}", row.line))?;
            let name = |i: usize| PreparedName::new(&row.fields[i], parsed);
            pairs.push((name(one), name(two), matches!(row.fields[truth].as_str(), "1" | "true")));
        }
        let begun = Instant::now();
        let mut scored: Vec<(f64, bool)> = pairs.iter().map(|(a, b, truth)| (a.score(b), *truth)).collect();
        let seconds = begun.elapsed().as_secs_f64();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let curve = Curve::of(&scored);
        let (p, r) = curve.at(0.5);
        let (best, threshold) = curve.best();
        let name = file.rsplit('/').next().unwrap_or(file);
        writeln!(
            out,
            "{name:34} {:>6}  {p:.3} {r:.3} {:.3} {best:.3}  {threshold:.3}  {:.3} {:.3} {:.3} {:>9.0}",
            scored.len(),
            f1(p, r),
            curve.recall_at(0.95),
            curve.recall_at(0.99),
            curve.auc(),
            scored.len() as f64 / seconds.max(1e-9),
        )?;
    }
    Ok(())
}

/// Precision and recall at every threshold.
struct Curve {
    /// Threshold, right and wrong above or at it; the highest threshold first.
    points: Vec<(f64, usize, usize)>,
    positives: usize,
    negatives: usize,
}

impl Curve {
    fn of(scored: &[(f64, bool)]) -> Self {
        let mut points: Vec<(f64, usize, usize)> = Vec::new();
        let (mut right, mut wrong) = (0, 0);
        for (i, (score, truth)) in scored.iter().enumerate() {
            if *truth {
                right += 1;
            } else {
                wrong += 1;
            }
            // Pairs of one score are on one side of every threshold.
            if scored.get(i + 1).is_none_or(|next| next.0 < *score) {
                points.push((*score, right, wrong));
            }
        }
        Self { points, positives: right, negatives: wrong }
    }

    fn precision_recall(&self, right: usize, wrong: usize) -> (f64, f64) {
        let p = if right + wrong == 0 { 1.0 } else { right as f64 / (right + wrong) as f64 };
        (p, right as f64 / self.positives.max(1) as f64)
    }

    fn at(&self, threshold: f64) -> (f64, f64) {
        let point = self.points.iter().rev().find(|p| p.0 >= threshold).copied().unwrap_or((threshold, 0, 0));
        self.precision_recall(point.1, point.2)
    }

    fn best(&self) -> (f64, f64) {
        let score = |p: &(f64, usize, usize)| {
            let (precision, recall) = self.precision_recall(p.1, p.2);
            f1(precision, recall)
        };
        self.points.iter().map(|p| (score(p), p.0)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, 0.5))
    }

    fn recall_at(&self, precision: f64) -> f64 {
        let at = |p: &(f64, usize, usize)| self.precision_recall(p.1, p.2);
        self.points.iter().map(at).filter(|(p, _)| *p >= precision).map(|(_, r)| r).fold(0.0, f64::max)
    }

    /// The share of pairs of a positive and a negative that the score puts right, ties half.
    fn auc(&self) -> f64 {
        let (mut area, mut before) = (0.0, (0, 0));
        for &(_, right, wrong) in &self.points {
            area += (wrong - before.1) as f64 * (right + before.0) as f64 / 2.0;
            before = (right, wrong);
        }
        area / (self.positives.max(1) as f64 * self.negatives.max(1) as f64)
    }
}
