package xlsx

// spaceID is a namespace that a reader asks for by name. A document may call
// them by any prefix.
type spaceID uint8

// The namespaces of OpenDocument 1.2 and 1.3 that cells, styles and properties
// are in, and the one in which LibreOffice says what the standard has no word
// for, such as that a value is an error.
const (
	spaceNone  spaceID = iota // no prefix, and no namespace that is listed
	spaceOther                // a namespace that nobody asks for
	spaceOffice
	spaceTable
	spaceText
	spaceStyle
	spaceFo
	spaceSVG
	spaceNumber
	spaceDraw
	spaceMeta
	spaceManifest
	spaceCalcExt
)

// spaceOf finds a namespace by its name.
func spaceOf(name []byte) spaceID {
	switch string(name) {
	case "urn:oasis:names:tc:opendocument:xmlns:office:1.0":
		return spaceOffice
	case "urn:oasis:names:tc:opendocument:xmlns:table:1.0":
		return spaceTable
	case "urn:oasis:names:tc:opendocument:xmlns:text:1.0":
		return spaceText
	case "urn:oasis:names:tc:opendocument:xmlns:style:1.0":
		return spaceStyle
	case "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0":
		return spaceFo
	case "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":
		return spaceSVG
	case "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0":
		return spaceNumber
	case "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":
		return spaceDraw
	case "urn:oasis:names:tc:opendocument:xmlns:meta:1.0":
		return spaceMeta
	case "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0":
		return spaceManifest
	case "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0":
		return spaceCalcExt
	}
	return spaceOther
}

// spaceAttr gives the value of an attribute in a namespace, nil if it is absent.
func (x *xmlReader) spaceAttr(space spaceID, local string) []byte {
	for i := range x.attrs {
		if a := &x.attrs[i]; a.space == space && string(a.key[a.local:]) == local {
			return a.value
		}
	}
	return nil
}

// at reports whether the start tag just read is a name in a namespace.
func (x *xmlReader) at(space spaceID, local string) bool {
	return x.space == space && string(x.local) == local
}
