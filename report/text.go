package report

import (
	"encoding/json"
	"fmt"
)

// Text is something a person reads, in Vietnamese and, where there is one, in
// English. In a file it is either a plain string (Vietnamese) or {vi, en}.
type Text struct {
	VI string `json:"vi"`
	EN string `json:"en,omitempty"`
}

// String gives the Vietnamese words.
func (t Text) String() string { return t.VI }

// In gives the words in the language "en" where there are any, and the
// Vietnamese ones otherwise: a missing translation never shows a key.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.VI
}

// plainText is Text without its methods, so that decoding does not recurse.
type plainText struct {
	VI string `json:"vi"`
	EN string `json:"en,omitempty"`
}

// UnmarshalJSON takes a string or an object {vi, en}.
func (t *Text) UnmarshalJSON(b []byte) error {
	return t.decode(func(v any) error { return json.Unmarshal(b, v) })
}

// UnmarshalYAML takes a string or a mapping {vi, en}. Its signature is the one
// YAML libraries call; no library is imported for it.
func (t *Text) UnmarshalYAML(decode func(any) error) error { return t.decode(decode) }

func (t *Text) decode(decode func(any) error) error {
	var s string
	if err := decode(&s); err == nil {
		*t = Text{VI: s}
		return nil
	}
	var p plainText
	if err := decode(&p); err != nil {
		return fmt.Errorf("text is a string or {vi, en}: %w", err)
	}
	*t = Text(p)
	return nil
}
