//! A line's JSON object by `serde_json`: what [`Walk`] leaves to it, and the values that both give.

use std::borrow::Cow;

use super::json::Walk;

/// The pairs of a line's object by serde_json.
pub(super) fn pairs_by_library(line: &str) -> serde_json::Result<Vec<(Cow<'_, str>, Value<'_>)>> {
    serde_json::from_str::<Object<'_>>(line).map(|object| object.0)
}

/// A scalar that is no string, by itself.
pub(super) fn scalar(json: &str) -> Option<Value<'_>> {
    serde_json::from_str(json).ok()
}

/// A JSON object as its pairs, in order; texts borrowed where they can be.
struct Object<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

/// A JSON value, as far as it matters here.
#[derive(Debug, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    Other(String),
}

impl<'a> Value<'a> {
    /// As a cell of metadata; nothing for what is empty.
    pub(super) fn into_metadata(self) -> Option<Cow<'a, str>> {
        match self {
            Value::Null => None,
            Value::Text(text) => (!text.is_empty()).then_some(text),
            Value::Other(json) => Some(Cow::Owned(json)),
        }
    }
}

impl<'de: 'a, 'a> serde::Deserialize<'de> for Object<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some(Borrowed(key)) = map.next_key::<Borrowed<'de>>()? {
                    pairs.push((key, map.next_value()?));
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// The keys of a JSON object in their order; `None` for what is no object.
pub(super) fn keys_of(line: &[u8], walk: &mut Walk) -> Option<Vec<String>> {
    if let Some(keys) = simdutf8::basic::from_utf8(line).ok().and_then(|line| walk.keys(line)) {
        return Some(keys);
    }
    let object: Object<'_> = serde_json::from_slice(line).ok()?;
    Some(object.0.into_iter().map(|(key, _)| key.into_owned()).collect())
}

/// A string, borrowed from the input where it holds no escape.
struct Borrowed<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Borrowed<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Borrowed<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Borrowed<'de>, E> {
                Ok(Borrowed(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Borrowed<'de>, E> {
                Ok(Borrowed(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

impl<'de: 'a, 'a> serde::Deserialize<'de> for Value<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Value<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Value<'de>, E> {
                Ok(Value::Null)
            }
            fn visit_bool<E>(self, b: bool) -> Result<Value<'de>, E> {
                Ok(Value::Other(b.to_string()))
            }
            fn visit_i64<E>(self, n: i64) -> Result<Value<'de>, E> {
                Ok(Value::Other(n.to_string()))
            }
            fn visit_u64<E>(self, n: u64) -> Result<Value<'de>, E> {
                Ok(Value::Other(n.to_string()))
            }
            fn visit_f64<E>(self, n: f64) -> Result<Value<'de>, E> {
                Ok(Value::Other(n.to_string()))
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Owned(text.to_owned())))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, seq: A) -> Result<Value<'de>, A::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(
                    serde::de::value::SeqAccessDeserializer::new(seq),
                )?;
                Ok(Value::Other(value.to_string()))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Value<'de>, A::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(
                    serde::de::value::MapAccessDeserializer::new(map),
                )?;
                Ok(Value::Other(value.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
