package xlsx

// CoreProps gives the document properties that every workbook may have, by
// their short name: "creator", "title", "modified". None is an empty map.
func (wb *Workbook) CoreProps() (map[string]string, error) { return wb.back.coreProps() }

// CustomProps gives the document properties that somebody chose to add, by
// name, each value as its text. None is an empty map.
func (wb *Workbook) CustomProps() (map[string]string, error) { return wb.back.customProps() }

func (b *ooxml) coreProps() (map[string]string, error) {
	props := make(map[string]string)
	return props, b.readProps(b.core, "coreProperties", func(x *xmlReader) error {
		name := x.keep(x.local)
		value, err := x.content(nil)
		props[name] = x.keep(value)
		return err
	})
}

func (b *ooxml) customProps() (map[string]string, error) {
	props := make(map[string]string)
	return props, b.readProps(b.custom, "Properties", func(x *xmlReader) error {
		name := x.keep(x.attr("name"))
		return x.children(func() error {
			value, err := x.content(nil)
			props[name] = x.keep(decodeEscapes(value))
			return err
		})
	})
}

// maxProps bounds the properties of a document.
const maxProps = 10_000

// readProps reads one part of properties, if the file has it.
func (b *ooxml) readProps(part *part, root string, read func(*xmlReader) error) error {
	if part == nil {
		return nil
	}
	x, err := b.pkg.xml(part)
	if err != nil {
		return err
	}
	defer x.close()
	n := 0
	return x.document(root, func() error {
		if n++; n > maxProps {
			return x.fail(KindDamaged, "too many properties")
		}
		return read(x)
	})
}
