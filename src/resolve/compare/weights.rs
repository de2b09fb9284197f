//! The weights of the comparison: a table that a trainer writes and anyone can read.

use once_cell::sync::OnceCell;

use crate::error::Error;
use crate::tables::tsv::Tsv;

/// Defines the weights, their names in the table, and how to find one by its name.
macro_rules! weights {
    ($($field:ident $name:literal)*) => {
        /// What each observation counts for, in 1/1000 log2 odds; a `scale` is in 1/1000 of what it scales.
        ///
        /// `data/names/comparison.tsv` says of each what it is, and holds the values that come with the crate.
        ///
        /// # Examples
        ///
        /// ```
        /// use allonym::resolve::Weights;
        /// use allonym::{EntityKind, PreparedName};
        ///
        /// let name = |text| PreparedName::new(text, EntityKind::Person);
        /// let mut weights = Weights::embedded().clone();
        /// if let Some(weight) = weights.get_mut("person nickname") {
        ///     *weight -= 2_000;
        /// }
        /// let (a, b) = (name("Bill Clinton"), name("William Clinton"));
        /// assert_eq!(a.weight_with(&b, &weights), a.weight(&b) - 2_000);
        /// assert!(Weights::from_tsv("mine.tsv", "name\tweight\n").is_err()); // none may be missing
        /// ```
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct Weights {
            $(pub(super) $field: i32,)*
        }

        /// The names of all weights.
        const NAMES: &[&str] = &[$($name,)*];

        impl Weights {
            /// The weight of a name.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut i32> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

weights! {
    reading "person other reading"
    person_prior "person prior"
    person_single "person single"
    person_cross "person cross-script"
    person_same "person same scale"
    person_same_base "person same base"
    person_variant_base "person variant base"
    person_variant_slope "person variant slope"
    person_variant_shift "person variant shift"
    person_variant_letter "person variant letter"
    person_variant_short "person variant short"
    person_variant_ending "person variant ending"
    person_cross_base "person cross base"
    person_cross_slope "person cross slope"
    person_cross_shift "person cross shift"
    person_cross_letter "person cross letter"
    person_conflict_family "person conflict family"
    person_conflict_given "person conflict given"
    person_conflict_mixed "person conflict mixed"
    person_initial "person initial"
    person_initial_conflict "person initial conflict"
    person_nickname "person nickname"
    person_given_only "person given only"
    person_absent_first "person absent first"
    person_absent_middle "person absent middle"
    person_absent_last "person absent last"
    person_absent_initial "person absent initial"
    person_absent_both "person absent both"
    person_reordered "person reordered"
    person_joined "person joined"
    person_generation "person generation"
    person_generation_absent "person generation absent"
    person_complete "person complete"
    person_most "person most"
    person_lone_base "person lone base"
    person_lone_gain "person lone gain"
    place_prior "place prior"
    place_cross "place cross-script"
    place_same "place same scale"
    place_same_base "place same base"
    place_variant_base "place variant base"
    place_variant_slope "place variant slope"
    place_variant_shift "place variant shift"
    place_variant_letter "place variant letter"
    place_variant_short "place variant short"
    place_cross_base "place cross base"
    place_cross_slope "place cross slope"
    place_cross_shift "place cross shift"
    place_cross_letter "place cross letter"
    place_sense "place sense scale"
    place_absent "place absent scale"
    place_absent_base "place absent base"
    place_absent_feature "place absent feature"
    place_absent_aside "place absent aside"
    place_conflict "place conflict"
    place_conflict_scale "place conflict scale"
    place_compass "place compass"
    place_complete "place complete"
    place_number "place number"
    place_joined "place joined"
    place_different "place different"
    place_most "place most"
    place_lone_base "place lone base"
    place_lone_cross "place lone cross"
    place_lone_gain "place lone gain"
    place_lone_scale "place lone scale"
    place_same_name "place same name"
    organization_prior "organization prior"
    organization_cross "organization cross-script"
    organization_same "organization same scale"
    organization_same_base "organization same base"
    organization_variant_base "organization variant base"
    organization_variant_slope "organization variant slope"
    organization_variant_shift "organization variant shift"
    organization_variant_letter "organization variant letter"
    organization_cross_base "organization cross base"
    organization_cross_slope "organization cross slope"
    organization_cross_shift "organization cross shift"
    organization_cross_letter "organization cross letter"
    organization_sense "organization sense scale"
    organization_absent "organization absent scale"
    organization_absent_base "organization absent base"
    organization_absent_generic "organization absent generic"
    organization_absent_common "organization absent common"
    organization_absent_aside "organization absent aside"
    organization_conflict "organization conflict"
    organization_conflict_scale "organization conflict scale"
    organization_number "organization number"
    organization_complete "organization complete"
    organization_joined "organization joined"
    organization_different "organization different"
    organization_most "organization most"
    organization_lone_base "organization lone base"
    organization_lone_gain "organization lone gain"
    organization_same_name "organization same name"
    organization_acronym "organization acronym"
    organization_acronym_letter "organization acronym letter"
    organization_acronym_shuffled "organization acronym shuffled"
}

static EMBEDDED: OnceCell<Weights> = OnceCell::new();

impl Weights {
    /// The weights that come with the crate, read once.
    pub fn embedded() -> &'static Self {
        let read =
            || Self::from_tsv("comparison.tsv", include_str!("../../../data/names/comparison.tsv")).unwrap_or_default();
        EMBEDDED.get_or_init(read)
    }

    /// Reads a table with the columns `name` and `weight`, in which every weight stands once; the columns `start`,
    /// `least`, `most` and `what` are for its trainer and its readers.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] for the first row that breaks a rule, and for a weight that is missing.
    pub fn from_tsv(file: &str, text: &str) -> Result<Self, Error> {
        let required = ["name", "weight"];
        let known = ["name", "weight", "start", "least", "most", "what"];
        let (table, header) = Tsv::with_columns(file, text, &required, &known)?;
        let mut weights = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        for row in table.rows(header) {
            let row = row?;
            let name = row.filled("name")?;
            let digits = row.get("weight");
            let weight: i32 = digits.parse().map_err(|_| row.error(format!("'{digits}' is no weight")))?;
            // Sums of a few dozen pieces stay far from overflow.
            if weight.abs() > 1_000_000 {
                return Err(row.error(format!("{weight} is beyond a million")));
            }
            let Some(slot) = weights.get_mut(name) else {
                return Err(row.error(format!("unknown weight '{name}'")));
            };
            *slot = weight;
            if seen.contains(&name) {
                return Err(row.error(format!("'{name}' twice")));
            }
            seen.push(name);
        }
        match NAMES.iter().find(|name| !seen.contains(name)) {
            Some(missing) => Err(Error::table(file, header, format!("the weight '{missing}' is missing"))),
            None => Ok(weights),
        }
    }
}
