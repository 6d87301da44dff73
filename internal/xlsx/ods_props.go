package xlsx

// coreProps gives the properties of the document, LibreOffice's names for them
// in place of those that another format has.
func (b *ods) coreProps() (map[string]string, error) {
	return b.readMeta(func(x *xmlReader, props map[string]string) error {
		if x.at(spaceMeta, "user-defined") || x.at(spaceMeta, "document-statistic") {
			return x.skip()
		}
		return readProp(x, props, x.keep(x.local))
	})
}

// customProps gives the properties that somebody chose to add. The marks of our
// own templates are among them, and stay there when LibreOffice saves a template
// as .ods.
func (b *ods) customProps() (map[string]string, error) {
	return b.readMeta(func(x *xmlReader, props map[string]string) error {
		if !x.at(spaceMeta, "user-defined") {
			return x.skip()
		}
		return readProp(x, props, x.keep(x.spaceAttr(spaceMeta, "name")))
	})
}

// readProp takes the text of the element just opened.
func readProp(x *xmlReader, props map[string]string, name string) error {
	value, err := x.content(nil)
	props[name] = x.keep(value)
	return err
}

// readMeta hands each property of meta.xml to read.
func (b *ods) readMeta(read func(*xmlReader, map[string]string) error) (map[string]string, error) {
	props := make(map[string]string)
	if b.meta == nil {
		return props, nil
	}
	x, err := b.pkg.xml(b.meta)
	if err != nil {
		return nil, err
	}
	defer x.close()
	n := 0
	err = x.document("document-meta", func() error {
		return x.children(func() error {
			if n++; n > maxProps {
				return x.fail(KindDamaged, "too many properties")
			}
			return read(x, props)
		})
	})
	return props, err
}
