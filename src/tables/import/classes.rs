//! What the most usual classes of Wikidata are.

use crate::mention::EntityKind;

/// The classes of which most people, places and organizations of Wikidata are instances, by the number of their id, with
/// what each means. Written from general knowledge; a class counts by itself, not by what it is a subclass of.
pub(super) const CLASSES: [(u64, EntityKind); 100] = [
    (5, EntityKind::Person),                // human
    (6256, EntityKind::Place),              // country
    (3_624_078, EntityKind::Place),         // sovereign state
    (7275, EntityKind::Place),              // state
    (133_442, EntityKind::Place),           // city-state
    (112_099, EntityKind::Place),           // island country
    (161_243, EntityKind::Place),           // dependent territory
    (107_390, EntityKind::Place),           // federated state
    (56061, EntityKind::Place),             // administrative territorial entity
    (10_864_048, EntityKind::Place),        // first-level administrative division
    (13_220_204, EntityKind::Place),        // second-level administrative division
    (35657, EntityKind::Place),             // state of the United States
    (47168, EntityKind::Place),             // county of the United States
    (1_221_156, EntityKind::Place),         // state of Germany
    (36784, EntityKind::Place),             // region of France
    (6465, EntityKind::Place),              // department of France
    (50337, EntityKind::Place),             // prefecture of Japan
    (34876, EntityKind::Place),             // province
    (82794, EntityKind::Place),             // geographic region
    (515, EntityKind::Place),               // city
    (1_549_591, EntityKind::Place),         // big city
    (1_637_706, EntityKind::Place),         // city of a million
    (5119, EntityKind::Place),              // capital
    (200_250, EntityKind::Place),           // metropolis
    (1_907_114, EntityKind::Place),         // metropolitan area
    (7_930_989, EntityKind::Place),         // city or town
    (1_093_829, EntityKind::Place),         // city in the United States
    (498_162, EntityKind::Place),           // census-designated place
    (3957, EntityKind::Place),              // town
    (532, EntityKind::Place),               // village
    (5084, EntityKind::Place),              // hamlet
    (486_972, EntityKind::Place),           // human settlement
    (15284, EntityKind::Place),             // municipality
    (484_170, EntityKind::Place),           // commune of France
    (262_166, EntityKind::Place),           // municipality of Germany
    (22865, EntityKind::Place),             // independent city of Germany
    (747_074, EntityKind::Place),           // comune of Italy
    (2_074_737, EntityKind::Place),         // municipality of Spain
    (3_184_121, EntityKind::Place),         // municipality of Brazil
    (123_705, EntityKind::Place),           // neighbourhood
    (79007, EntityKind::Place),             // street
    (622_499, EntityKind::Place),           // refugee camp
    (1_248_784, EntityKind::Place),         // airport
    (245_016, EntityKind::Place),           // military base
    (12280, EntityKind::Place),             // bridge
    (5107, EntityKind::Place),              // continent
    (23442, EntityKind::Place),             // island
    (33837, EntityKind::Place),             // archipelago
    (34763, EntityKind::Place),             // peninsula
    (8502, EntityKind::Place),              // mountain
    (46831, EntityKind::Place),             // mountain range
    (39816, EntityKind::Place),             // valley
    (8514, EntityKind::Place),              // desert
    (4022, EntityKind::Place),              // river
    (23397, EntityKind::Place),             // lake
    (165, EntityKind::Place),               // sea
    (9430, EntityKind::Place),              // ocean
    (39594, EntityKind::Place),             // bay
    (37901, EntityKind::Place),             // strait
    (43229, EntityKind::Organization),      // organization
    (484_652, EntityKind::Organization),    // international organization
    (245_065, EntityKind::Organization),    // intergovernmental organization
    (163_740, EntityKind::Organization),    // nonprofit organization
    (79913, EntityKind::Organization),      // non-governmental organization
    (15_911_314, EntityKind::Organization), // association
    (157_031, EntityKind::Organization),    // foundation
    (178_790, EntityKind::Organization),    // trade union
    (7278, EntityKind::Organization),       // political party
    (327_333, EntityKind::Organization),    // government agency
    (192_350, EntityKind::Organization),    // ministry
    (47913, EntityKind::Organization),      // intelligence agency
    (35535, EntityKind::Organization),      // police
    (11204, EntityKind::Organization),      // legislature
    (35749, EntityKind::Organization),      // parliament
    (41487, EntityKind::Organization),      // court
    (772_547, EntityKind::Organization),    // armed forces
    (37726, EntityKind::Organization),      // army
    (176_799, EntityKind::Organization),    // military unit
    (17_149_090, EntityKind::Organization), // armed organization
    (17_127_659, EntityKind::Organization), // terrorist organization
    (4_830_453, EntityKind::Organization),  // business
    (783_794, EntityKind::Organization),    // company
    (6_881_511, EntityKind::Organization),  // enterprise
    (891_723, EntityKind::Organization),    // public company
    (22687, EntityKind::Organization),      // bank
    (46970, EntityKind::Organization),      // airline
    (11691, EntityKind::Organization),      // stock exchange
    (11032, EntityKind::Organization),      // newspaper
    (1_110_794, EntityKind::Organization),  // daily newspaper
    (192_283, EntityKind::Organization),    // news agency
    (1_616_075, EntityKind::Organization),  // television station
    (2_001_305, EntityKind::Organization),  // television channel
    (14350, EntityKind::Organization),      // radio station
    (3918, EntityKind::Organization),       // university
    (875_538, EntityKind::Organization),    // public university
    (31855, EntityKind::Organization),      // research institute
    (16917, EntityKind::Organization),      // hospital
    (1_530_022, EntityKind::Organization),  // religious organization
    (476_028, EntityKind::Organization),    // football club
    (215_380, EntityKind::Organization),    // musical group
];
