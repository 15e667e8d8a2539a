//! Front matter: the pages between the cover and the text.
//!
//! With a title page: an empty inside cover, the title page on a recto, the imprint on its back, the
//! contents on the next recto; the text begins on a recto. Without one the imprint stands on the inside
//! of the cover, and no page is spent.

use crate::address::Address;
use crate::booklet::Identity;
use crate::length::{Length, Point};

use super::compose::Draft;
use super::contents::Contents;
use super::date;
use super::frame::{Destination, Item, Owner, Page, PageKind, Placed, roman};
use super::matter::{BOLD, Leaf, PLAIN, count, largest, spec};
use super::set::Context;
use super::style::Style;
use crate::document::Target;

/// What a page of the front matter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Front {
    Blank,
    Title,
    Imprint,
    /// Which page of the contents.
    Contents(usize),
}

/// The pages after the cover and before the text.
pub(super) fn plan(style: &Style, contents: usize) -> Vec<Front> {
    let mut plan = if style.title_page {
        vec![Front::Blank, Front::Title, Front::Imprint]
    } else {
        vec![Front::Imprint]
    };
    plan.extend((0..contents).map(Front::Contents));
    // The cover is the first recto; the text begins on one.
    if plan.len() % 2 == 0 {
        plan.push(Front::Blank);
    }
    plan
}

/// Sets them. The cover is page i, so the page after it is page ii.
pub(super) fn pages(
    context: &Context<'_>,
    plan: &[Front],
    mut contents: Contents,
    _body: &[Option<Draft>],
) -> Vec<Page> {
    plan.iter()
        .enumerate()
        .map(|(index, front)| {
            let number = index + 2;
            let recto = number % 2 == 1;
            let items = match front {
                Front::Blank => Vec::new(),
                Front::Title => title_page(context, recto),
                Front::Imprint => imprint(context, recto),
                Front::Contents(page) => contents.page(context, *page, recto),
            };
            let kind = if items.is_empty() { PageKind::Blank } else { PageKind::Front };
            Page { size: context.style.page, kind, label: roman(number), items }
        })
        .collect()
}

/// Names in a row.
pub(super) fn names(people: &[crate::manifest::Person]) -> String {
    people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Publisher and year.
pub(super) fn made(identity: &Identity) -> String {
    let year = identity.date.map(|d| d.year.to_string());
    identity.publisher.iter().chain(&year).map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn title_page(context: &Context<'_>, recto: bool) -> Vec<Placed> {
    let style = context.style;
    let identity = &context.document.identity;
    let mut leaf = Leaf::new(context.setter, style, recto);
    let measure = style.measure();
    let line = style.text.leading;
    let authors = names(&identity.authors);
    if !authors.is_empty() {
        let spec = spec(measure, style.text.size.scale(115, 100), PLAIN);
        leaf.text(&authors, Owner::MATTER, &spec, line.scale(115, 100));
    }
    // The title hangs from a quarter of the height, like the line of a poster and not like its middle.
    leaf.y = leaf.y.max(style.margins.top + style.height() / 4 - line * 2) + line;
    let base = spec(measure, style.text.size, BOLD);
    let range = (style.text.size.scale(150, 100), style.text.size.scale(240, 100));
    let size = largest(context.setter, &identity.title, &base, range, 4);
    let title = spec(measure, size, BOLD);
    leaf.title(&identity.title, &title, size.scale(118, 100));
    if let Some(subtitle) = &identity.subtitle {
        leaf.skip(line);
        let size = style.text.size.scale(125, 100);
        leaf.title(subtitle, &spec(measure, size, style.slanted()), size.scale(130, 100));
    }
    let made = made(identity);
    if !made.is_empty() {
        let spec = spec(measure, style.text.size, PLAIN);
        let lines = count(context.setter, &made, &spec);
        leaf.y = style.margins.top + style.height() - line * lines;
        leaf.text(&made, Owner::MATTER, &spec, line);
    }
    leaf.items
}

/// Everything the manifest says about the booklet, small, at the foot of the page.
fn imprint(context: &Context<'_>, recto: bool) -> Vec<Placed> {
    let style = context.style;
    let identity = &context.document.identity;
    let labels = style.labels;
    let mut groups: Vec<Vec<(String, Option<Address>)>> = Vec::new();
    let plain = |text: String| (text, None);
    let mut title = vec![plain(identity.title.clone())];
    title.extend(identity.subtitle.clone().map(plain));
    if !identity.authors.is_empty() {
        title.push(plain(names(&identity.authors)));
    }
    groups.push(title);
    groups.push(
        identity
            .contributors
            .iter()
            .map(|person| plain(format!("{}{}{}", labels.role(&person.role), labels.colon, person.name)))
            .collect(),
    );
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
    if groups.len() < 2 && identity.authors.is_empty() {
        // The title alone is on the cover already.
        return Vec::new();
    }
    set_imprint(context, recto, &groups)
}

fn set_imprint(context: &Context<'_>, recto: bool, groups: &[Vec<(String, Option<Address>)>]) -> Vec<Placed> {
    let style = context.style;
    let size = style.small;
    let measure = style.measure();
    let mut leaf = Leaf::new(context.setter, style, recto);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            leaf.skip(size.leading / 2);
        }
        for (line, (text, address)) in group.iter().enumerate() {
            let face = if index == 0 && line == 0 { BOLD } else { PLAIN };
            let top = leaf.y;
            leaf.text(text, Owner::MATTER, &spec(measure, size.size, face), size.leading);
            if let Some(address) = address {
                link(&mut leaf, top, address);
            }
        }
    }
    // All of it down, so that the last line stands where a page of text has its last.
    let under = (style.text.leading - style.text.baseline()) - (size.leading - size.baseline());
    let end = style.margins.top + style.height() - under;
    let down = (end - leaf.y).max(Length::ZERO);
    for item in &mut leaf.items {
        item.at = item.at + Point::new(Length::ZERO, down);
    }
    leaf.items
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
