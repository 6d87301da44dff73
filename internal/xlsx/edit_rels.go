package xlsx

import (
	"bytes"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// The types by which parts are known in a package.
const (
	relationshipTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	contentList       = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	contentComments   = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	contentVML        = "application/vnd.openxmlformats-officedocument.vmlDrawing"
)

// noRelations is a part of relations without any.
const (
	noRelationsHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	noRelationsTail = `</Relationships>`
)

// relsOf is the name of the part that holds the relations of a part.
func relsOf(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

// relate adds a relation from one part to another and gives its number.
func (e *edit) relate(from, kind, to string) (id string, err error) {
	name := relsOf(from)
	if !e.has(name) {
		e.put(name, []byte(noRelationsHead+noRelationsTail))
	}
	err = e.change(name, func(b []byte, root element, in []element) ([]splice, error) {
		taken := map[string]bool{}
		for _, r := range in {
			have, _ := attrOf(b, r, "Id")
			taken[strings.ToLower(have)] = true
		}
		for n := 1; id == "" || taken[strings.ToLower(id)]; n++ {
			id = "rIdTonghop" + strconv.Itoa(n)
		}
		var markup []byte
		markup = fmt.Appendf(markup, `<%sRelationship Id="%s" Type="%s/%s" Target="`, root.prefix(), id, relationshipTypes, kind)
		markup = append(appendAttr(markup, "/"+to), `"/>`...)
		return []splice{appendInto(b, root, string(markup))}, nil
	})
	return id, err
}

// unrelate takes the relations to a part out, and the part of relations with
// them where it was made by us and holds no others.
func (e *edit) unrelate(from, to string) error {
	name := relsOf(from)
	if !e.has(name) {
		return nil
	}
	dir, _ := path.Split(from)
	err := e.change(name, func(b []byte, _ element, in []element) ([]splice, error) {
		var changes []splice
		for _, r := range in {
			target, _ := attrOf(b, r, "Target")
			mode, _ := attrOf(b, r, "TargetMode")
			if mode != "External" && partKey(resolve(dir, target)) == partKey(to) {
				changes = append(changes, splice{r.from, r.to, ""})
			}
		}
		return changes, nil
	})
	if err != nil {
		return err
	}
	b, err := e.part(name)
	if err == nil && bytes.Equal(b, []byte(noRelationsHead+noRelationsTail)) {
		e.drop(name)
	}
	return err
}

// relationsOf gives the relations that leave a part as it is now.
func (e *edit) relationsOf(from string) ([]relation, error) {
	name := relsOf(from)
	if !e.has(name) {
		return nil, nil
	}
	b, err := e.part(name)
	if err != nil {
		return nil, err
	}
	root, err := rootOf(b)
	if err != nil {
		return nil, &HarmError{Reason: HarmMarkup, Part: name}
	}
	in, err := children(b, root)
	if err != nil {
		return nil, &HarmError{Reason: HarmMarkup, Part: name}
	}
	dir, _ := path.Split(from)
	var out []relation
	for _, r := range in {
		if mode, _ := attrOf(b, r, "TargetMode"); mode == "External" {
			continue
		}
		id, _ := attrOf(b, r, "Id")
		kind, _ := attrOf(b, r, "Type")
		target, _ := attrOf(b, r, "Target")
		out = append(out, relation{id: id, kind: path.Base(kind), target: resolve(dir, target)})
	}
	return out, nil
}

// declareType names the type of a part that is new.
func (e *edit) declareType(part, media string) error {
	return e.change(contentTypes, func(b []byte, root element, in []element) ([]splice, error) {
		if strings.HasSuffix(part, ".vml") { // known by its ending, as every program writes it
			for _, t := range in {
				if ext, _ := attrOf(b, t, "Extension"); t.local == "Default" && strings.EqualFold(ext, "vml") {
					return nil, nil
				}
			}
			markup := fmt.Sprintf(`<%sDefault Extension="vml" ContentType="%s"/>`, root.prefix(), media)
			return []splice{{root.tag, root.tag, markup}}, nil
		}
		markup := fmt.Appendf(nil, `<%sOverride PartName="`, root.prefix())
		markup = appendAttr(markup, "/"+part)
		markup = fmt.Appendf(markup, `" ContentType="%s"/>`, media)
		return []splice{appendInto(b, root, string(markup))}, nil
	})
}

// forget drops a part and the name of its type.
func (e *edit) forget(part string) error {
	e.drop(part)
	if e.has(relsOf(part)) {
		e.drop(relsOf(part))
	}
	return e.change(contentTypes, func(b []byte, _ element, in []element) ([]splice, error) {
		var changes []splice
		for _, t := range in {
			if name, ok := attrOf(b, t, "PartName"); ok && partKey(name) == partKey(part) {
				changes = append(changes, splice{t.from, t.to, ""})
			}
		}
		return changes, nil
	})
}
