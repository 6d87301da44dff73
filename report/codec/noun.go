package codec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
)

// Definitions, registers and requests are written once and read by people too,
// so they are kept as JSON: the fields of the struct in their order, no maps, no
// white space, no escaping for HTML. A field added later is left out when empty,
// so that what was written before keeps its bytes.

// writeNoun writes a definition, register or request, and refuses one that would
// not come back the same, as one with text that is not UTF-8.
func writeNoun[T any](w *writer, num protowire.Number, noun *T) error {
	if noun == nil {
		return fmt.Errorf("body without content: %w", ErrInvalid)
	}
	b, err := marshalNoun(noun)
	if err != nil {
		return err
	}
	back := new(T)
	if err := unmarshalNoun(b, back); err != nil {
		return err
	}
	again, err := marshalNoun(back)
	if err != nil {
		return err
	}
	if !bytes.Equal(b, again) {
		return fmt.Errorf("%T does not come back the same: %w", noun, ErrInvalid)
	}
	w.blob(num, b)
	return nil
}

func marshalNoun(noun any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(noun); err != nil {
		return nil, fmt.Errorf("%T: %w: %w", noun, ErrInvalid, err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func unmarshalNoun(b []byte, noun any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(noun); err != nil {
		// The library has no other name for a field it does not know.
		if strings.Contains(err.Error(), "unknown field") {
			return fmt.Errorf("%T: %w: %w", noun, ErrVersion, err)
		}
		return fmt.Errorf("%T: %w: %w", noun, ErrInvalid, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("%T: text after the end: %w", noun, ErrInvalid)
	}
	return nil
}

// readNoun reads the noun of the current field.
func readNoun[T any](r *reader) *T {
	noun := new(T)
	if b := r.blob(); r.err == nil {
		if err := unmarshalNoun(b, noun); err != nil {
			r.fail(err)
		}
	}
	return noun
}

func readDefinition(r *reader) *report.DefinitionApplied {
	b := &report.DefinitionApplied{}
	for r.next() {
		switch r.field {
		case 1:
			b.Definition = readNoun[report.Definition](r)
		default:
			r.unknown()
		}
	}
	demand(r, b.Definition != nil)
	return b
}

func readRegister(r *reader) *report.RegisterApplied {
	b := &report.RegisterApplied{}
	for r.next() {
		switch r.field {
		case 1:
			b.Register = readNoun[report.Register](r).Index()
		default:
			r.unknown()
		}
	}
	demand(r, b.Register != nil)
	return b
}

func readRequest(r *reader) *report.RequestApplied {
	b := &report.RequestApplied{}
	for r.next() {
		switch r.field {
		case 1:
			b.Revision = r.count()
		case 2:
			b.Request = readNoun[report.Request](r)
		default:
			r.unknown()
		}
	}
	demand(r, b.Request != nil)
	return b
}

func demand(r *reader, given bool) {
	if !given {
		r.fail(fmt.Errorf("body without content: %w", ErrInvalid))
	}
}
