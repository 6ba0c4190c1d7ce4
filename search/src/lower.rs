//! Small letters for capital ones, as the standard library has them but in a tenth of its room: a table of all
//! pairs would be a tenth of the module that readers download.

/// Capitals in a row: the first, the last, the step from one to the next, and how far the small letter is from its capital.
#[rustfmt::skip]
const RUNS: [(u32, u32, u32, i32); 66] = [
    (0x41, 0x5a, 1, 32), (0xc0, 0xd6, 1, 32), (0xd8, 0xde, 1, 32), (0x100, 0x12e, 2, 1), (0x132, 0x136, 2, 1), (0x139, 0x147, 2, 1),
    (0x14a, 0x176, 2, 1), (0x179, 0x17d, 2, 1), (0x1a0, 0x1a4, 2, 1), (0x1cb, 0x1db, 2, 1), (0x1de, 0x1ee, 2, 1),
    (0x1f8, 0x21e, 2, 1), (0x222, 0x232, 2, 1), (0x246, 0x24e, 2, 1), (0x388, 0x38a, 1, 37), (0x391, 0x3a1, 1, 32),
    (0x3a3, 0x3ab, 1, 32), (0x3d8, 0x3ee, 2, 1), (0x3fd, 0x3ff, 1, -130), (0x400, 0x40f, 1, 80),
    (0x410, 0x42f, 1, 32), (0x460, 0x480, 2, 1), (0x48a, 0x4be, 2, 1), (0x4c1, 0x4cd, 2, 1), (0x4d0, 0x52e, 2, 1),
    (0x531, 0x556, 1, 48), (0x10a0, 0x10c5, 1, 7264), (0x13a0, 0x13ef, 1, 38864), (0x13f0, 0x13f5, 1, 8),
    (0x1c90, 0x1cba, 1, -3008), (0x1cbd, 0x1cbf, 1, -3008), (0x1e00, 0x1e94, 2, 1), (0x1ea0, 0x1efe, 2, 1),
    (0x1f08, 0x1f0f, 1, -8), (0x1f18, 0x1f1d, 1, -8), (0x1f28, 0x1f2f, 1, -8), (0x1f38, 0x1f3f, 1, -8),
    (0x1f48, 0x1f4d, 1, -8), (0x1f59, 0x1f5f, 2, -8), (0x1f68, 0x1f6f, 1, -8), (0x1f88, 0x1f8f, 1, -8),
    (0x1f98, 0x1f9f, 1, -8), (0x1fa8, 0x1faf, 1, -8), (0x1fc8, 0x1fcb, 1, -86), (0x2160, 0x216f, 1, 16),
    (0x24b6, 0x24cf, 1, 26), (0x2c00, 0x2c2f, 1, 48), (0x2c67, 0x2c6b, 2, 1), (0x2c80, 0x2ce2, 2, 1),
    (0xa640, 0xa66c, 2, 1), (0xa680, 0xa69a, 2, 1), (0xa722, 0xa72e, 2, 1), (0xa732, 0xa76e, 2, 1),
    (0xa77e, 0xa786, 2, 1), (0xa796, 0xa7a8, 2, 1), (0xa7b4, 0xa7c2, 2, 1), (0xff21, 0xff3a, 1, 32),
    (0x10400, 0x10427, 1, 40), (0x104b0, 0x104d3, 1, 40), (0x10570, 0x1057a, 1, 39), (0x1057c, 0x1058a, 1, 39),
    (0x1058c, 0x10592, 1, 39), (0x10c80, 0x10cb2, 1, 64), (0x118a0, 0x118bf, 1, 32), (0x16e40, 0x16e5f, 1, 32),
    (0x1e900, 0x1e921, 1, 34),
];

/// Capitals that are not in a row, each before its small letter.
const PAIRS: &str = "İiŸÿƁɓƂƃƄƅƆɔƇƈƉɖƊɗƋƌƎǝƏəƐɛƑƒƓɠƔɣƖɩƗɨƘƙƜɯƝɲƟɵƦʀƧƨƩʃƬƭƮʈƯưƱʊƲʋƳƴƵƶƷʒƸƹƼƽǄǆǅǆǇǉǈǉǊǌǱǳǲǳǴǵǶƕǷƿȠƞȺⱥȻȼȽƚȾⱦɁɂɃƀɄʉɅʌͰͱͲͳ\
    ͶͷͿϳΆάΌόΎύΏώϏϗϴθϷϸϹϲϺϻӀӏჇⴧჍⴭẞßᾸᾰᾹᾱᾺὰΆάᾼᾳῌῃῘῐῙῑῚὶΊίῨῠῩῡῪὺΎύῬῥῸὸΌόῺὼΏώῼῳΩωKkÅåℲⅎↃↄⱠⱡⱢɫⱣᵽⱤɽⱭɑⱮɱⱯɐⱰɒⱲⱳⱵⱶⱾȿⱿɀⳫⳬⳭⳮⳲⳳ\
    ꝹꝺꝻꝼꝽᵹꞋꞌꞍɥꞐꞑꞒꞓꞪɦꞫɜꞬɡꞭɬꞮɪꞰʞꞱʇꞲʝꞳꭓꟄꞔꟅʂꟆᶎꟇꟈꟉꟊꟐꟑꟖꟗꟘꟙꟵꟶ𐖔𐖻𐖕𐖼";

/// The small letter of a capital; of anything else, itself.
pub fn lower(c: char) -> char {
    let code = u32::from(c);
    let runs =
        RUNS.iter().find(|(first, last, step, _)| (*first..=*last).contains(&code) && (code - first) % step == 0);
    if let Some((_, _, _, offset)) = runs {
        return char::from_u32(code.wrapping_add_signed(*offset)).unwrap_or(c);
    }
    let mut pairs = PAIRS.chars();
    while let (Some(capital), Some(small)) = (pairs.next(), pairs.next()) {
        if capital == c {
            return small;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn every_capital_has_the_small_letter_that_the_library_gives_it() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            // Turkish `\u{130}` alone has two characters: an i, and a dot that is a mark.
            let library = c.to_lowercase().next();
            // Blocks without room for letters that a later Unicode adds: Latin, Greek, Cyrillic, Armenian.
            let is_full = matches!(u32::from(c), 0..0x560 | 0x1e00..0x2000 | 0xff00..0x1_0000);
            assert!(Some(lower(c)) == library || !is_full && lower(c) == c, "{c} (U+{:04x})", u32::from(c));
        }
    }
}
