//! Of several who bear a name, the one spoken of last before it.
//!
//! Two who were spoken of in one sentence are equally near, whichever came second. The resolver sees no text: mentions are
//! in one sentence when a claim is made of both, or when no more than an `and` stands between them.
//!
//! # Limits
//!
//! Two of a sentence that says more of them are taken for those of two: *Jean Kaboro wrote a letter to Marie Kaboro*.
//! Mentions without a place in a text count by their order alone.

use std::collections::BTreeSet;

use crate::mention::Extraction;

/// No sentence ends and goes on in so many bytes: ` and `, `, and `, ` with `.
const AND: usize = 6;

/// The sentences of a document's mentions, as far as they are known: mentions of one number are in one.
pub(super) fn sentences(document: &Extraction) -> Vec<usize> {
    let mentions = &document.mentions;
    // What begins and ends at each mention of what claims are made of.
    let (mut begun, mut ended) = (vec![0_usize; mentions.len()], vec![0_usize; mentions.len()]);
    for claim in document.claims.iter().filter(|c| c.left < mentions.len() && c.right < mentions.len()) {
        begun[claim.left.min(claim.right)] += 1;
        ended[claim.left.max(claim.right)] += 1;
    }
    let (mut number, mut covering) = (0, 0);
    let mut sentences = Vec::with_capacity(mentions.len());
    for (m, mention) in mentions.iter().enumerate() {
        let before = m.checked_sub(1).map(|before| &mentions[before].span).filter(|span| span.end > span.start);
        let gap = before.and_then(|before| mention.span.start.checked_sub(before.end));
        if covering == 0 && gap.is_none_or(|gap| gap > AND) {
            number += 1;
        }
        covering += begun[m];
        covering -= ended[m].min(covering);
        sentences.push(number);
    }
    sentences
}

/// Who of several is meant by a mention: the number of the one spoken of last before it, unless another one was in the
/// same sentence. `spoken` are mentions with the numbers of those whom they name, in order.
pub(super) fn last_before(mention: usize, spoken: &[(usize, usize)], sentences: &[usize]) -> Option<usize> {
    let before = &spoken[..spoken.partition_point(|&(at, _)| at < mention)];
    let &(last, whose) = before.last()?;
    let begins = before.partition_point(|&(at, _)| sentences[at] < sentences[last]);
    let others: BTreeSet<usize> = before[begins..].iter().map(|&(_, of)| of).filter(|&of| of != whose).collect();
    others.is_empty().then_some(whose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Claim, EntityKind, Mention, Relation, Span};

    fn document(starts: &[usize]) -> Extraction {
        let mention = |&at: &usize| Mention::new("A", EntityKind::Person).at(Span::new(at, at + 10));
        Extraction::new("d", starts.iter().map(mention).collect())
    }

    #[test]
    fn what_an_and_parts_is_one_sentence() {
        assert_eq!(sentences(&document(&[0, 15, 31, 100])), [1, 1, 1, 2]);
    }

    #[test]
    fn so_are_mentions_of_a_claim_and_those_between() {
        let mut document = document(&[0, 100, 200, 300]);
        document.claims.push(Claim::new(2, 0, Relation::Kin, "given", ""));
        assert_eq!(sentences(&document), [1, 1, 1, 2]);
    }

    #[test]
    fn mentions_without_places_are_never() {
        let mentions = vec![Mention::new("A", EntityKind::Person), Mention::new("B", EntityKind::Person)];
        assert_eq!(sentences(&Extraction::new("d", mentions)), [1, 2]);
    }

    #[test]
    fn the_last_one_unless_two_are_as_near() {
        let spoken = [(0, 7), (1, 8), (3, 7)];
        assert_eq!(last_before(2, &spoken, &[1, 2, 3, 4, 5]), Some(8));
        assert_eq!(last_before(2, &spoken, &[1, 1, 2, 3, 4]), None);
        assert_eq!(last_before(4, &spoken, &[1, 1, 2, 3, 4]), Some(7));
        assert_eq!(last_before(0, &spoken, &[1, 2, 3, 4, 5]), None);
    }
}
