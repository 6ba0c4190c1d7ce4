//! The size of an SVG file: `width` and `height` of its root element, else its `viewBox`.

/// Width and height in CSS pixels, rounded; `None` inside if the file does not tell. `None` if it is no SVG.
pub fn size(bytes: &[u8]) -> Option<Option<(u32, u32)>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let tag = root(text)?;
    let pixels = |name| attribute(tag, name).and_then(|value| number(value.strip_suffix("px").unwrap_or(value)));
    let view_box = || {
        let numbers: Vec<&str> =
            attribute(tag, "viewBox")?.split([' ', ',', '\n', '\t', '\r']).filter(|it| !it.is_empty()).collect();
        match numbers[..] {
            [_, _, width, height] => Some((number(width)?, number(height)?)),
            _ => None,
        }
    };
    Some(pixels("width").zip(pixels("height")).or_else(view_box))
}

/// The inside of the first tag, if it is `<svg ...>`: declarations and comments may stand before it.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let skipped = if rest.starts_with("<!--") {
            rest.split_once("-->")?.1
        } else if rest.starts_with("<?") {
            rest.split_once("?>")?.1
        } else if rest.starts_with("<!") {
            // A document type may hold declarations in brackets.
            let end = match (rest.find('['), rest.find('>')?) {
                (Some(open), close) if open < close => open + rest[open..].find("]>")? + 1,
                (_, close) => close,
            };
            &rest[end + 1..]
        } else {
            break;
        };
        rest = skipped.trim_start();
    }
    let inside = rest.strip_prefix("<svg")?;
    let end = inside.find('>')?;
    // Another element may begin with the same letters.
    inside.starts_with(|it: char| it.is_ascii_whitespace() || matches!(it, '/' | '>')).then_some(&inside[..end])
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        let (value, tail) = after[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(value.trim());
        }
        rest = tail;
    }
}

/// A length in pixels, from 1 to a million.
fn number(text: &str) -> Option<u32> {
    let value: f64 = text.trim().parse().ok()?;
    (0.5..1e6).contains(&value).then(|| value.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn the_root_element_tells_the_size() {
        let check = |text: &str, expected| assert_eq!(size(text.as_bytes()), expected, "{text}");
        check(r#"<svg width="10" height="20.4px"/>"#, Some(Some((10, 20))));
        check(r#"<svg viewBox="0 0 320 200" xmlns="x">"#, Some(Some((320, 200))));
        check(r#"<svg width="100%" height="100%" viewBox="0,0,3,4">"#, Some(Some((3, 4))));
        check(
            "<?xml version='1.0'?>\n<!-- <svg width='1'> --><!DOCTYPE svg [<!ENTITY a '>'>]>\n<svg\nwidth='5' height='6'>",
            Some(Some((5, 6))),
        );
        check("<svg>", Some(None));
        check("<svgx width='1' height='1'>", None);
        check("PNG", None);
        check("", None);
    }
}
