package xlsx

import "bytes"

// records walks over the fields of a text: next for each record, then field for
// each of its fields. A field that begins with a quotation mark goes on to the
// next single one, over separators and line ends; what comes behind it before the
// separator belongs to it, as Excel has it. Marks elsewhere stand for themselves.
type records struct {
	rest []byte
	sep  byte // 0: none

	value []byte // of the field; good until the next
	open  bool   // its quotation mark is never closed
	more  bool   // the record has another field
	room  []byte
}

// next begins a record.
func (r *records) next() bool {
	r.more = len(r.rest) > 0
	return r.more
}

// field gives the next field of the record in value.
func (r *records) field() bool {
	if !r.more {
		return false
	}
	if len(r.rest) > 0 && r.rest[0] == '"' {
		r.quoted()
	} else {
		r.value = r.plain()
	}
	r.more = false
	if len(r.rest) == 0 {
		return true
	}
	switch end := r.rest[0]; {
	case end == r.sep && r.sep != 0:
		r.more = true
	case end == '\r' && len(r.rest) > 1 && r.rest[1] == '\n':
		r.rest = r.rest[1:]
	}
	r.rest = r.rest[1:]
	return true
}

// plain takes everything up to the end of the field.
func (r *records) plain() []byte {
	n := 0
	for n < len(r.rest) && r.rest[n] != '\n' && r.rest[n] != '\r' && (r.rest[n] != r.sep || r.sep == 0) {
		n++
	}
	value := r.rest[:n:n]
	r.rest = r.rest[n:]
	return value
}

// quoted takes a field in quotation marks, in which two stand for one.
func (r *records) quoted() {
	r.room, r.rest = r.room[:0], r.rest[1:]
	for {
		n := bytes.IndexByte(r.rest, '"')
		if n < 0 {
			r.value, r.rest, r.open = nil, nil, true
			return
		}
		r.room = append(r.room, r.rest[:n]...)
		r.rest = r.rest[n+1:]
		if len(r.rest) == 0 || r.rest[0] != '"' {
			break
		}
		r.room, r.rest = append(r.room, '"'), r.rest[1:]
	}
	r.room = append(r.room, r.plain()...)
	r.value = r.room
}
