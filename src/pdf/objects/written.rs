//! Objects as the file spells them: names, numbers, strings, arrays, dictionaries (ISO 32000-1, 7.3).

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

use super::content::{Milli, put_integer, put_literal, put_milli};

/// Appends an object; `refer` writes what stands for a reference. Nesting is as deep as this program makes it:
/// a few levels.
pub(in crate::pdf) fn put(
    out: &mut Vec<u8>,
    object: &Object,
    refer: &mut impl FnMut(&mut Vec<u8>, ObjectId),
) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(value) => put_integer(out, *value),
        Object::Real(value) => put_milli(out, Milli((f64::from(*value) * 1000.0).round() as i64)),
        Object::Name(name) => put_name(out, name),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in bytes {
                out.extend_from_slice(format!("{byte:02X}").as_bytes());
            }
            out.push(b'>');
        }
        Object::String(bytes, StringFormat::Literal) => {
            out.push(b'(');
            put_literal(out, bytes);
            out.push(b')');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 && is_bare(item) {
                    out.push(b' ');
                }
                put(out, item, refer);
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => put_dictionary(out, entries, refer),
        // A stream is always an object of its own: `Order::of` reaches it through a reference only.
        Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Reference(id) => refer(out, *id),
    }
}

/// Appends a dictionary, likewise.
pub(in crate::pdf) fn put_dictionary(
    out: &mut Vec<u8>,
    entries: &Dictionary,
    refer: &mut impl FnMut(&mut Vec<u8>, ObjectId),
) {
    out.extend_from_slice(b"<<");
    for (key, value) in entries.iter() {
        put_name(out, key);
        if is_bare(value) {
            out.push(b' ');
        }
        put(out, value, refer);
    }
    out.extend_from_slice(b">>");
}

/// Whether an object begins with a letter or a digit, so that a space must set it off.
pub(in crate::pdf) fn is_bare(object: &Object) -> bool {
    matches!(
        object,
        Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_)
    )
}

fn put_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}
