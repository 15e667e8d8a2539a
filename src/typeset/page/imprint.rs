//! The imprint: everything the manifest says about the booklet, small, at the foot of a page.
//!
//! Comes in: the document's identity. Goes out: the placed items of one page, or of several where a crowd
//! made the booklet: no name runs over the foot of the page.

use crate::address::Address;
use crate::length::{Length, Point};
use crate::manifest::Person;

use super::credits::names;
use super::date;
use super::matter::{BOLD, Leaf, PLAIN, spec};
use crate::document::Target;
use crate::typeset::block::context::Context;
use crate::typeset::frame::{Destination, Item, Owner, Placed, translate};
use crate::typeset::style::Style;

/// Paragraphs that stand together; of each its text and the address that it links to.
type Group = Vec<(String, Option<Address>)>;

/// The pages of the imprint, as they stand on a verso; none where there is nothing to say.
pub(crate) fn imprint(context: &Context<'_>) -> Vec<Vec<Placed>> {
    let (style, identity) = (context.style, &context.document.identity);
    // Each contributor has a line, unless there are more of them than lines.
    let many = identity.contributors.len() as i64 > style.height().0 / style.small.leading.0.max(1);
    let groups = groups(context, many);
    if groups.len() < 2 && identity.authors.is_empty() {
        // The title alone is on the cover already.
        return Vec::new();
    }
    let end = style.page.height - style.small.leading;
    let whole = set(context, &groups, Length::MAX);
    if whole.iter().all(|(_, y)| *y <= end) {
        return lowered(style, whole);
    }
    lowered(style, set(context, &groups, style.margins.top + style.height()))
}

/// A page of the imprint, moved to where it stands on a recto or a verso.
pub(crate) fn beside(style: &Style, mut items: Vec<Placed>, recto: bool) -> Vec<Placed> {
    let across = style.corner(recto).x - style.corner(false).x;
    translate(&mut items, Point::new(across, Length::ZERO));
    items
}

/// What the imprint says; `run_in` puts contributors of one role into one paragraph.
fn groups(context: &Context<'_>, run_in: bool) -> Vec<Group> {
    let identity = &context.document.identity;
    let labels = context.style.labels;
    let mut groups: Vec<Group> = Vec::new();
    let plain = |text: String| (text, None);
    let mut title = vec![plain(identity.title.clone())];
    title.extend(identity.subtitle.clone().map(plain));
    if !identity.authors.is_empty() {
        title.push(plain(names(&identity.authors)));
    }
    groups.push(title);
    let role = |person: &Person| labels.role(&person.role);
    let said = identity.contributors.chunk_by(|a, b| run_in && role(a) == role(b));
    let said = said.filter_map(|people| {
        let role = role(people.first()?);
        Some(plain(format!("{role}{}{}", labels.colon, names(people))))
    });
    groups.push(said.collect());
    let mut made: Vec<_> = identity.publisher.clone().map(plain).into_iter().collect();
    made.extend(identity.date.map(|d| plain(date::written(d, &identity.language))));
    if let Some(series) = &identity.series {
        let number = series.number.map_or(String::new(), |n| format!(", {n}"));
        made.push(plain(format!("{}{number}", series.name)));
    }
    groups.push(made);
    let source = identity
        .source
        .as_ref()
        .map(|source| (format!("{}{}{source}", labels.source, labels.colon), identity.source_address()));
    groups.push(source.into_iter().collect());
    groups.push(identity.rights.clone().map(plain).into_iter().collect());
    // A made-up identifier tells a reader nothing; a given one does.
    let given = Some(&identity.identifier).filter(|id| !id.starts_with("urn:uuid:") && !id.is_empty());
    groups.push(given.map(|id| plain(id.trim_start_matches("urn:").to_string())).into_iter().collect());
    groups.retain(|g| !g.is_empty());
    groups
}

/// Sets the groups down a page, and down another where one is full: of each page its items, and where they
/// end.
fn set(context: &Context<'_>, groups: &[Group], end: Length) -> Vec<(Vec<Placed>, Length)> {
    let style = context.style;
    let size = style.small;
    let mut pages = Vec::new();
    let mut leaf = Leaf::new(context.setter, style, false);
    let top = leaf.y;
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            leaf.skip(size.leading / 2);
        }
        for (line, (text, address)) in group.iter().enumerate() {
            let face = if index == 0 && line == 0 { BOLD } else { PLAIN };
            let spec = spec(style.measure(), size.size, face);
            let mut lines = context.setter.set_text(text, Owner::MATTER, &spec).lines;
            while !lines.is_empty() {
                let fit = ((end - leaf.y).0 / size.leading.0.max(1)).max(0);
                let fit = usize::try_from(fit).unwrap_or(usize::MAX).min(lines.len());
                let rest = lines.split_off(if leaf.y > top { fit } else { fit.max(1) });
                if !lines.is_empty() {
                    let from = leaf.y;
                    leaf.lines(lines, size);
                    if let Some(address) = address {
                        link(&mut leaf, from, address);
                    }
                }
                if !rest.is_empty() {
                    pages.push((std::mem::take(&mut leaf.items), leaf.y));
                    leaf.y = top;
                }
                lines = rest;
            }
        }
    }
    pages.push((leaf.items, leaf.y));
    pages
}

/// Pages, each moved down so that its last line stands where a page of text has its last.
fn lowered(style: &Style, pages: Vec<(Vec<Placed>, Length)>) -> Vec<Vec<Placed>> {
    let size = style.small;
    let under = (style.text.leading - style.text.baseline()) - (size.leading - size.baseline());
    let end = style.margins.top + style.height() - under;
    let lowered = pages.into_iter().map(|(mut items, y)| {
        let down = (end - y).max(Length::ZERO);
        translate(&mut items, Point::new(Length::ZERO, down));
        items
    });
    lowered.collect()
}

fn link(leaf: &mut Leaf<'_>, top: Length, address: &Address) {
    let to = Destination::Target(Target::Url(address.clone()));
    let size = crate::length::Size::new(leaf.style.measure(), leaf.y - top);
    leaf.items.push(Placed {
        at: Point::new(leaf.x, top),
        owner: leaf.owner(),
        item: Item::Link { size, to },
    });
}
