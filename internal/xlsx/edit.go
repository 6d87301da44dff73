package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
)

// edit is a workbook of somebody else's in which some parts are changed. Every
// other part is copied as it is compressed, bit by bit: what we do not understand
// we cannot harm (docs/adr/0025).
type edit struct {
	*ooxml
	book    string            // name of the workbook part
	dir     string            // folder of it, with a slash at the end
	changed map[string][]byte // parts by key, as they will be
	dropped map[string]bool   // by key
	names   map[string]string // names of parts that are new, by key
}

// openEdit opens a workbook to be changed, or says with a [*HarmError] why it is
// not to be.
func openEdit(body []byte, lim Limits) (*edit, error) {
	wb, err := Open(bytes.NewReader(body), int64(len(body)), lim)
	if err != nil {
		return nil, err
	}
	x, ok := wb.back.(*ooxml)
	if !ok {
		return nil, &HarmError{Reason: HarmFormat}
	}
	arrows, err := x.pkg.outset()
	if err != nil {
		return nil, err
	}
	book, err := x.pkg.need(find(arrows, "officeDocument"))
	if err != nil {
		return nil, err
	}
	dir, _ := path.Split(book.name)
	e := &edit{ooxml: x, book: book.name, dir: dir, changed: map[string][]byte{}, dropped: map[string]bool{}, names: map[string]string{}}
	return e, e.refuse()
}

// refuse says why a workbook is not to be changed at all.
func (e *edit) refuse() error {
	types, err := e.part(contentTypes)
	if err != nil {
		return err
	}
	if e.wb.HasMacros || bytes.Contains(types, []byte("macroEnabled")) {
		return &HarmError{Reason: HarmMacros}
	}
	for key, p := range e.pkg.parts {
		switch {
		case strings.HasPrefix(key, "_xmlsignatures/"):
			return &HarmError{Reason: HarmSignature}
		case p.twice:
			return &HarmError{Reason: HarmMarkup, Part: p.name}
		}
	}
	arrows, err := e.pkg.relations(e.book)
	if err != nil {
		return err
	}
	if find(arrows, "revisionHeaders") != "" {
		return &HarmError{Reason: HarmShared}
	}
	b, err := e.part(e.book)
	if err == nil && bytes.Contains(b[:min(len(b), 4096)], []byte("http://purl.oclc.org/ooxml/")) {
		// The strict variant of the format: our sheet would be the only transitional one.
		return &HarmError{Reason: HarmMarkup, Part: e.book}
	}
	return err
}

// has reports whether the workbook has a part of this name now.
func (e *edit) has(name string) bool {
	key := partKey(name)
	if _, ok := e.changed[key]; ok {
		return true
	}
	return e.pkg.parts[key] != nil && !e.dropped[key]
}

// part gives a part inflated, as it is now.
func (e *edit) part(name string) ([]byte, error) {
	if b, ok := e.changed[partKey(name)]; ok {
		return b, nil
	}
	p, err := e.pkg.need(name)
	if err != nil {
		return nil, err
	}
	if p.file.UncompressedSize64 > maxEdited {
		return nil, &HarmError{Reason: HarmLarge, Part: p.name}
	}
	r, err := e.pkg.open(p)
	if err != nil {
		return nil, err
	}
	defer r.close()
	var b bytes.Buffer
	b.Grow(int(p.file.UncompressedSize64) + bytes.MinRead)
	_, err = b.ReadFrom(r)
	return b.Bytes(), err
}

// maxEdited is how many bytes a part may have that is to be edited: it is held in
// memory, before and after.
const maxEdited = 128 << 20

// put makes b the content of a part, which may be new.
func (e *edit) put(name string, b []byte) {
	key := partKey(name)
	e.changed[key], e.names[key] = b, name
	delete(e.dropped, key)
}

// drop takes a part out.
func (e *edit) drop(name string) {
	key := partKey(name)
	delete(e.changed, key)
	e.dropped[key] = true
}

// change rewrites a part by changes of its bytes.
func (e *edit) change(name string, how func(b []byte, root element, children []element) ([]splice, error)) error {
	b, err := e.part(name)
	if err != nil {
		return err
	}
	root, err := rootOf(b)
	if err == nil {
		var list []element
		if list, err = children(b, root); err == nil {
			var changes []splice
			if changes, err = how(b, root, list); err == nil && len(changes) > 0 {
				e.put(name, apply(b, changes))
			}
		}
	}
	if errors.Is(err, errMarkup) {
		return &HarmError{Reason: HarmMarkup, Part: name}
	}
	return err
}

// untouched reports whether nothing was changed.
func (e *edit) untouched() bool { return len(e.changed) == 0 && len(e.dropped) == 0 }

// bytes writes the workbook: what was not changed as it came, in its order, then
// what is new by name.
func (e *edit) bytes() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, deflateLevel) })
	old := map[string]bool{}
	for _, f := range e.pkg.entries {
		key := partKey(f.Name)
		old[key] = true
		if e.dropped[key] {
			continue
		}
		b, changed := e.changed[key]
		var err error
		if changed {
			err = deflateInto(z, f.Name, b)
		} else {
			err = z.Copy(f)
		}
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", f.Name, err)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(e.changed)) {
		if old[key] {
			continue
		}
		if err := deflateInto(z, e.names[key], e.changed[key]); err != nil {
			return nil, fmt.Errorf("part %s: %w", e.names[key], err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// deflateInto adds a part under the first day that a zip archive can name, so that
// the same part always has the same bytes.
func deflateInto(z *zip.Writer, name string, b []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}
