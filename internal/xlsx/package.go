package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
)

// pkg is the zip of a workbook: its directory of parts, and what has been
// inflated of them so far.
type pkg struct {
	parts    map[string]*part
	entries  []*zip.File // in the order of the directory
	lim      Limits
	root     []relation // once they were read; see outset
	inflated int64      // bytes of all parts together, each counted once
	kept     int64      // bytes of names and the like
}

// part is one entry of the zip. Names compare without case, as the packaging
// standard has it, and with forward slashes, as some writers do not.
type part struct {
	name     string
	file     *zip.File
	twice    bool  // two entries with this name: no telling which is meant
	inflated int64 // the furthest any reading of it has come
}

// errBudget stops a directory that is longer than any file needs.
var errBudget = errors.New("directory too long")

// budgetReaderAt lets at most left bytes be read, which bounds what a library
// may build from a hostile directory before it is asked to.
type budgetReaderAt struct {
	r    io.ReaderAt
	left int64
}

func (b *budgetReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, errBudget
	}
	return b.r.ReadAt(p, off)
}

// Bytes of directory per entry allowed for, and what finding the directory
// takes besides.
const (
	directoryEntry  = 512
	directorySearch = 128 << 10
)

// openPkg reads the zip directory. The parts stay unread.
func openPkg(r io.ReaderAt, size int64, lim Limits) (*pkg, error) {
	budget := &budgetReaderAt{r, int64(lim.Parts)*directoryEntry + directorySearch}
	directory, err := zip.NewReader(budget, size)
	if budget.left < 0 || err == nil && len(directory.File) > lim.Parts {
		return nil, &Error{Kind: KindTooLarge, Limit: "Parts", Detail: fmt.Sprintf("more than %d parts", lim.Parts)}
	}
	if err != nil {
		return nil, &Error{Kind: KindDamaged, Detail: "zip directory", Err: err}
	}
	budget.left = 1 << 62 // the parts have limits of their own
	p := &pkg{parts: make(map[string]*part, len(directory.File)), entries: directory.File, lim: lim}
	for _, f := range directory.File {
		key := partKey(f.Name)
		if known := p.parts[key]; known != nil {
			known.twice = true
			continue
		}
		p.parts[key] = &part{name: strings.ReplaceAll(f.Name, `\`, "/"), file: f}
	}
	return p, nil
}

// partKey is the name by which a part is found.
func partKey(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.ToLower(strings.TrimPrefix(name, "/"))
}

// part finds a part by name, nil if the file has none.
func (p *pkg) part(name string) *part { return p.parts[partKey(name)] }

// need finds a part that the workbook says it has.
func (p *pkg) need(name string) (*part, error) {
	if found := p.part(name); found != nil {
		return found, nil
	}
	return nil, &Error{Kind: KindMissingPart, Part: name}
}

// relation is one arrow from a part to another.
type relation struct {
	id     string
	kind   string // last step of the type, "worksheet": the same for strict and transitional
	target string // name of the part it points at
}

// relations reads the arrows that leave a part; "" is the package itself. A
// part without a relationships part has none.
func (p *pkg) relations(from string) ([]relation, error) {
	dir, base := path.Split(from)
	source := p.part(dir + "_rels/" + base + ".rels")
	if source == nil {
		return nil, nil
	}
	x, err := p.xml(source)
	if err != nil {
		return nil, err
	}
	defer x.close()
	var found []relation
	err = x.document("Relationships", func() error {
		if string(x.local) != "Relationship" {
			return x.skip()
		}
		if len(found) >= p.lim.Parts {
			return x.tooLarge("Parts", "too many relationships")
		}
		if string(x.attr("TargetMode")) != "External" {
			found = append(found, relation{
				id:     x.keep(x.attr("Id")),
				kind:   path.Base(x.keep(x.attr("Type"))),
				target: resolve(dir, x.keep(x.attr("Target"))),
			})
		}
		return x.skip()
	})
	return found, err
}

// outset gives the arrows that leave the package itself. What kind of file it is
// depends on them, and where the reading of it begins.
func (p *pkg) outset() (_ []relation, err error) {
	if p.root == nil {
		p.root, err = p.relations("")
	}
	return p.root, err
}

// resolve makes a target, relative to the folder of its source, a part name.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.Contains(target, "%") {
		if plain, err := url.PathUnescape(target); err == nil {
			target = plain
		}
	}
	if target == "" {
		return ""
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// find gives the target of the first relation of a kind, "" if there is none.
// Some kinds are spelt differently in strict and in transitional files.
func find(relations []relation, spellings ...string) string {
	for _, r := range relations {
		for _, kind := range spellings {
			if strings.EqualFold(r.kind, kind) {
				return r.target
			}
		}
	}
	return ""
}
