//! What an SVG file may hold, and what its references add up to.
//!
//! Comes in: a file as a tree of elements, bounded by `scan.rs`. Goes out: nothing, or the first thing that
//! is not safe (scripts, other files) or that would be lost silently (text, pictures, masks, filters). And
//! it computes, before anything is drawn, how many elements there are once every reference is followed:
//! `<use>` in `<use>` grows by powers, and so do markers on paths. Nothing here calls itself.

use std::collections::BTreeMap;

use usvg::roxmltree::{Document, Node};

use super::super::PictureError;
use super::scan::outside;
use super::{Refused, SIMPLER};

/// SVG's namespace.
const SVG: &str = "http://www.w3.org/2000/svg";
/// Elements once all references are followed.
const MOST_DRAWN: u64 = 200_000;
/// Steps of all outlines once all references are followed.
const MOST_STEPS: u64 = 1_000_000;
/// Largest number in a shape: a thousand kilometres in millimetres. `usvg` makes an arc of the more curves the larger
/// it is, with the sixth root of its radius: of a hundred at most up to here, of millions for the largest numbers.
const LARGEST: f64 = 1e9;
/// Where a shape's numbers are.
const SHAPES: [&str; 11] = ["d", "points", "x", "y", "width", "height", "rx", "ry", "r", "cx", "cy"];
/// Properties in the style of one element.
const MOST_DECLARATIONS: usize = 150;
/// Bytes of style sheets, and those times the number of elements that they are tried on.
const LARGEST_STYLE: usize = 64 << 10;
const MOST_STYLING: usize = 200_000_000;

const TO_PATHS: &str = "convert text to paths: its font may not be there elsewhere (Inkscape: Path, Object to \
                        Path; Illustrator: Type, Create Outlines)";
const AS_PICTURE: &str = "set the photograph as a picture of its own, or save the whole as PNG";
const SAVE_FLAT: &str =
    "take it out in the drawing program, or save the drawing as PNG with 600 dots per inch";
const UNSAFE: &str = "take it out: a printed page runs nothing";

/// What an element stands for once it is drawn.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    elements: u64,
    steps: u64,
}

impl Cost {
    fn add(&mut self, other: Self, times: u64) {
        self.elements = self.elements.saturating_add(other.elements.saturating_mul(times));
        self.steps = self.steps.saturating_add(other.steps.saturating_mul(times));
    }
}

/// How a reference counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Once: `<use>`, clips.
    Once,
    /// For every element within: colours are inherited.
    Inherited,
    /// For every step of every outline within.
    Marker,
}

/// One element of the tree, by its index.
#[derive(Debug, Default)]
struct Element {
    children: Vec<usize>,
    refers: Vec<(usize, Weight)>,
    steps: u64,
    /// Known once everything that it refers to is.
    cost: Option<Cost>,
    entered: bool,
}

/// Refuses a file that is not safe, not understood, or too much.
pub(super) fn check(document: &Document<'_>) -> Result<(), PictureError> {
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
        let why = "its first element is not <svg xmlns=\"http://www.w3.org/2000/svg\">";
        return Err(PictureError::Broken(why.into()));
    }
    let nodes = drawn(root);
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, (node, _)) in nodes.iter().enumerate() {
        if let Some(id) = node.attribute("id") {
            named.entry(id).or_insert(index);
        }
    }
    let mut elements: Vec<Element> = Vec::with_capacity(nodes.len());
    elements.resize_with(nodes.len(), Element::default);
    let mut sheets = Vec::new();
    for (index, (node, parent)) in nodes.iter().enumerate() {
        if let Some(parent) = parent {
            elements[*parent].children.push(index);
        }
        refuse(node)?;
        if node.tag_name().name() == "style" {
            sheets.extend(node.children().filter_map(|child| child.text()));
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if SHAPES.contains(&name) && largest(value) > LARGEST {
                let what = format!("a shape in it has a number beyond a thousand million ({name}=…)");
                return Err(Refused::because(what, SIMPLER));
            }
            match name {
                "href" => {
                    let target = value.trim();
                    if node.tag_name().name() == "a" {
                        continue;
                    }
                    let Some(id) = target.strip_prefix('#') else { return Err(outside(&short(target))) };
                    elements[index].refers.extend(named.get(id).map(|to| (*to, Weight::Once)));
                }
                "d" | "points" => elements[index].steps += steps(value),
                "style" => {
                    // Readers compare each of them with those before it.
                    if value.matches(':').count() > MOST_DECLARATIONS {
                        return Err(Refused::because("the style of an element is too long", SIMPLER));
                    }
                    for (name, value) in value.split(';').filter_map(|one| one.split_once(':')) {
                        let found = references(name.trim(), value, &named, &nodes)?;
                        elements[index].refers.extend(found);
                    }
                }
                _ if attribute.namespace().is_none() => {
                    if name.len() > 2 && name.starts_with("on") {
                        return Err(Refused::because(format!("it holds a script ({name}=…)"), UNSAFE));
                    }
                    elements[index].refers.extend(references(name, value, &named, &nodes)?);
                }
                _ => {}
            }
        }
    }
    let styled = style_sheets(&sheets, &named, &nodes)?;
    inherit_markers(&mut elements, &nodes, &styled);
    if sheets.iter().map(|sheet| sheet.len()).sum::<usize>().saturating_mul(nodes.len()) > MOST_STYLING {
        return Err(Refused::because(
            "its style sheet and its elements are too many for each other",
            SIMPLER,
        ));
    }
    weigh(&mut elements, &styled)
}

/// The elements that SVG gives a meaning, each with its parent's index, in order. Editors' own elements
/// are left aside with all in them, as every reader does.
fn drawn<'a, 'input>(root: Node<'a, 'input>) -> Vec<(Node<'a, 'input>, Option<usize>)> {
    let mut found: Vec<(Node<'_, '_>, Option<usize>)> = Vec::new();
    let mut open: Vec<(Node<'_, '_>, Option<usize>)> = vec![(root, None)];
    while let Some((node, parent)) = open.pop() {
        if node.tag_name().namespace() != Some(SVG) || node.tag_name().name() == "metadata" {
            continue;
        }
        let index = found.len();
        found.push((node, parent));
        open.extend(node.children().filter(Node::is_element).rev().map(|child| (child, Some(index))));
    }
    found
}

/// Refuses elements that cannot be drawn or are not safe.
fn refuse(node: &Node<'_, '_>) -> Result<(), PictureError> {
    let name = node.tag_name().name();
    let (what, mend) = match name {
        "script" | "handler" | "listener" => ("a script", UNSAFE),
        "foreignObject" | "iframe" | "audio" | "video" | "canvas" | "object" | "embed" => (
            "parts of another language",
            "take them out, or save the drawing as PNG; text in draw.io: \
              switch off “Word Wrap” and “Formatted Text”, then convert text to paths",
        ),
        "text" | "tref" | "flowRoot" | "textArea" => ("text", TO_PATHS),
        "image" => ("a picture", AS_PICTURE),
        "animate" | "animateTransform" | "animateMotion" | "animateColor" | "set" => {
            ("something that moves", "take the animation out: a page shows one picture")
        }
        _ => return Ok(()),
    };
    Err(Refused::because(format!("it holds {what} (<{name}>)"), mend))
}

/// The elements that a property refers to.
fn references(
    property: &str,
    value: &str,
    named: &BTreeMap<&str, usize>,
    nodes: &[(Node<'_, '_>, Option<usize>)],
) -> Result<Vec<(usize, Weight)>, PictureError> {
    let mut found = Vec::new();
    let lower = value.to_ascii_lowercase();
    for (at, _) in lower.match_indices("url(") {
        let inside = value[at + 4..].split(')').next().unwrap_or_default();
        let target = inside.trim().trim_matches(['"', '\'']).trim();
        let Some(id) = target.strip_prefix('#') else { return Err(outside(&short(target))) };
        let Some(&to) = named.get(id) else { continue };
        let what = match nodes[to].0.tag_name().name() {
            "mask" => "a mask",
            "filter" => "a filter, such as a blur or a shadow",
            "pattern" => "a pattern",
            _ => {
                let weight = match property {
                    "marker" | "marker-start" | "marker-mid" | "marker-end" => Weight::Marker,
                    "fill" | "stroke" => Weight::Inherited,
                    _ => Weight::Once,
                };
                found.push((to, weight));
                continue;
            }
        };
        return Err(Refused::because(format!("it is drawn with {what}"), SAVE_FLAT));
    }
    if property == "filter"
        && !matches!(lower.trim(), "" | "none" | "inherit" | "initial")
        && found.is_empty()
    {
        return Err(Refused::because("it is drawn with a filter, such as a blur or a shadow", SAVE_FLAT));
    }
    Ok(found)
}

/// What style sheets refer to: each may be meant for any element.
fn style_sheets(
    sheets: &[&str],
    named: &BTreeMap<&str, usize>,
    nodes: &[(Node<'_, '_>, Option<usize>)],
) -> Result<Vec<(usize, Weight)>, PictureError> {
    let mut found = Vec::new();
    for sheet in sheets {
        if sheet.len() > LARGEST_STYLE {
            return Err(Refused::because("its style sheet is too large", SIMPLER));
        }
        let lower = sheet.to_ascii_lowercase();
        if lower.contains("@import") {
            return Err(outside("@import"));
        }
        let blocks = lower.match_indices('{').filter_map(|(at, _)| sheet.get(at + 1..)?.split('}').next());
        for (name, value) in blocks.flat_map(|block| block.split(';')).filter_map(|one| one.split_once(':')) {
            found.extend(references(name.trim(), value, named, nodes)?);
        }
        // Whatever was not a declaration may still refer to something.
        references("", sheet, named, nodes)?;
    }
    found.sort_unstable_by_key(|(to, weight)| (*to, *weight as u8));
    found.dedup();
    Ok(found)
}

/// What is drawn in a marker takes on the markers of what the marker stands in, and those of style sheets.
fn inherit_markers(
    elements: &mut [Element],
    nodes: &[(Node<'_, '_>, Option<usize>)],
    styled: &[(usize, Weight)],
) {
    for index in 0..nodes.len() {
        if nodes[index].0.tag_name().name() != "marker" {
            continue;
        }
        let mut taken: Vec<(usize, Weight)> = styled.to_vec();
        let mut at = nodes[index].1;
        while let Some(parent) = at {
            taken.extend(elements[parent].refers.iter().copied());
            at = nodes[parent].1;
        }
        // A marker is never drawn in itself.
        taken.retain(|(to, weight)| *weight == Weight::Marker && *to != index);
        elements[index].refers.extend(taken);
    }
}

/// What all elements come to, references followed: from the innermost out, with a stack of our own.
fn weigh(elements: &mut [Element], styled: &[(usize, Weight)]) -> Result<(), PictureError> {
    let circle = || Refused::because("something in it refers to itself", SIMPLER);
    let mut stack: Vec<usize> = vec![0];
    stack.extend(styled.iter().map(|(to, _)| *to));
    while let Some(&index) = stack.last() {
        if elements[index].cost.is_some() {
            stack.pop();
            continue;
        }
        if !elements[index].entered {
            elements[index].entered = true;
            let needed = || {
                let element = &elements[index];
                element.children.iter().chain(element.refers.iter().map(|(to, _)| to)).copied()
            };
            // What is entered and not yet known lies further down the stack: a circle.
            if needed().any(|to| elements[to].entered && elements[to].cost.is_none()) {
                return Err(circle());
            }
            let next: Vec<usize> = needed().filter(|to| elements[*to].cost.is_none()).collect();
            stack.extend(next);
            continue;
        }
        stack.pop();
        let element = &elements[index];
        let cost = |to: usize| elements[to].cost.unwrap_or_default();
        let mut whole = Cost { elements: 1, steps: element.steps };
        element.children.iter().for_each(|child| whole.add(cost(*child), 1));
        for (to, _) in element.refers.iter().filter(|(_, weight)| *weight == Weight::Once) {
            whole.add(cost(*to), 1);
        }
        let within = whole;
        for (to, weight) in &element.refers {
            match weight {
                Weight::Once => {}
                Weight::Inherited => whole.add(cost(*to), within.elements),
                Weight::Marker => whole.add(cost(*to), within.steps.max(within.elements).saturating_add(2)),
            }
        }
        elements[index].cost = Some(whole);
    }
    let mut whole = elements.first().and_then(|root| root.cost).unwrap_or_default();
    for (to, weight) in styled {
        let times = if *weight == Weight::Marker { whole.steps.max(whole.elements) } else { whole.elements };
        whole.add(elements[*to].cost.unwrap_or_default(), times);
    }
    if whole.elements > MOST_DRAWN || whole.steps > MOST_STEPS {
        let what = "what it repeats, with <use>, markers or clips, and its outlines add up to too much";
        return Err(Refused::because(what, SIMPLER));
    }
    Ok(())
}

/// At most how many steps an outline has: its letters, and two numbers for each step without one.
fn steps(data: &str) -> u64 {
    let (mut letters, mut numbers, mut inside, mut point) = (0_u64, 0_u64, false, false);
    for byte in data.bytes() {
        match byte {
            b'0'..=b'9' => {
                numbers += u64::from(!inside);
                inside = true;
            }
            b'.' => {
                numbers += u64::from(!inside || point);
                (inside, point) = (true, true);
                continue;
            }
            b'e' | b'E' if inside => continue,
            b'a'..=b'z' | b'A'..=b'Z' => {
                letters += 1;
                inside = false;
            }
            _ => inside = false,
        }
        point &= inside;
    }
    letters + numbers
}

/// The largest of some numbers, whatever stands between them.
fn largest(data: &str) -> f64 {
    let mut largest = 0.0_f64;
    let mut rest = data;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '.') {
        rest = &rest[start..];
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut end = digits(rest);
        if rest[end..].starts_with('.') {
            end += 1 + digits(&rest[end + 1..]);
        }
        let exponent = rest[end..].strip_prefix(['e', 'E']);
        if let Some(power) = exponent {
            let sign = usize::from(power.starts_with(['+', '-']));
            let power = digits(&power[sign..]);
            end += if power > 0 { 1 + sign + power } else { 0 };
        }
        largest = largest.max(rest[..end].parse().unwrap_or(0.0));
        rest = &rest[end..];
    }
    largest
}

/// The beginning of an address, for a message.
fn short(address: &str) -> String {
    let plain = |c: &char| !c.is_control();
    let mut text: String = address.chars().filter(plain).take(60).collect();
    if text.len() < address.len() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_is_found_however_it_is_written() {
        for (data, most) in [
            ("", 0.0),
            ("M-3.5.25-1e1", 10.0),
            ("m10,30 a3 4 30 1 0 6 24444444444", 24_444_444_444.0),
            ("1E+3px", 1000.0),
            ("5em", 5.0),
            (".5e-2.", 0.005),
            ("2e400", f64::INFINITY),
        ] {
            assert_eq!(largest(data), most, "{data}");
        }
    }
}
