package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// partSet catches the parts the library would put into the archive. Their
// order does not matter here: the library takes some of them from maps.
type partSet map[string]*partBuffer

// partBuffer is one part: the bytes of the library and, in a worksheet, the
// rows that belong into the gap.
type partBuffer struct {
	bytes.Buffer
	gap  int // offset of the rows in the buffer
	rows *spool
}

// writeTo writes the whole part.
func (p *partBuffer) writeTo(w io.Writer) error {
	if p.rows == nil {
		_, err := w.Write(p.Bytes())
		return err
	}
	if _, err := w.Write(p.Bytes()[:p.gap]); err != nil {
		return err
	}
	if err := p.rows.writeTo(w); err != nil {
		return err
	}
	_, err := w.Write(p.Bytes()[p.gap:])
	return err
}

// Create implements the library's ZipWriter.
func (s partSet) Create(name string) (io.Writer, error) {
	if _, ok := s[name]; ok {
		return nil, fmt.Errorf("part %s is written twice", name)
	}
	s[name] = new(partBuffer)
	return s[name], nil
}

// AddFS implements the library's ZipWriter.
func (s partSet) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close implements the library's ZipWriter.
func (s partSet) Close() error { return nil }

const contentTypes = "[Content_Types].xml"

// typeList is the part that names the type of every other part.
type typeList struct {
	XMLName  xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Default  []partType `xml:"Default"`
	Override []partType `xml:"Override"`
}

type partType struct {
	Extension   string `xml:",attr,omitempty"`
	PartName    string `xml:",attr,omitempty"`
	ContentType string `xml:",attr"`
}

// sortContentTypes puts the list of types into a fixed order and leaves out
// types of files that are not there.
func (s partSet) sortContentTypes() error {
	part, ok := s[contentTypes]
	if !ok {
		return fmt.Errorf("part %s is missing", contentTypes)
	}
	var list typeList
	if err := xml.Unmarshal(part.Bytes(), &list); err != nil {
		return fmt.Errorf("part %s: %w", contentTypes, err)
	}
	byName := func(a, b partType) int {
		return strings.Compare(a.Extension+a.PartName, b.Extension+b.PartName)
	}
	list.Default = slices.DeleteFunc(list.Default, func(t partType) bool { return !s.hasExtension(t.Extension) })
	slices.SortFunc(list.Default, byName)
	slices.SortFunc(list.Override, byName)
	sorted, err := xml.Marshal(list)
	if err != nil {
		return fmt.Errorf("part %s: %w", contentTypes, err)
	}
	part.Reset()
	part.WriteString(xml.Header)
	part.Write(sorted)
	return nil
}

func (s partSet) hasExtension(extension string) bool {
	for name := range s {
		if strings.HasSuffix(name, "."+extension) {
			return true
		}
	}
	return false
}
