package xlsx

import (
	"strings"
	"testing"
)

// odsSpaces declares the namespaces of OpenDocument under the prefixes that
// programs use for them.
const odsSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
	` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"` +
	` xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"` +
	` xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
	` xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"`

const odsManifest = xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">` +
	`<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>` +
	`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`

// odsStylesXML has a default font, a style in another one, bold and indented, and
// number formats.
const odsStylesXML = xmlHead + `<office:document-styles` + odsSpaces + `><office:font-face-decls>` +
	`<style:font-face style:name="Times New Roman1" svg:font-family="'Times New Roman'"/><style:font-face style:name="VnTime" svg:font-family=".VnTime, serif"/>` +
	`</office:font-face-decls><office:styles>` +
	`<style:default-style style:family="table-cell"><style:text-properties style:font-name="Times New Roman1"/></style:default-style>` +
	`<number:percentage-style style:name="N11"><number:number number:decimal-places="2" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>` +
	`<style:style style:name="Default" style:family="table-cell"/>` +
	`<style:style style:name="Old" style:family="table-cell" style:parent-style-name="Default"><style:paragraph-properties fo:margin-left="0.706cm"/>` +
	`<style:text-properties style:font-name="VnTime" fo:font-weight="bold"/></style:style>` +
	`</office:styles><office:automatic-styles><style:style style:name="ce1" style:family="table-cell"><style:text-properties style:font-name="Wrong"/></style:style></office:automatic-styles></office:document-styles>`

// odsAutomatic are the automatic styles of content.xml: ce1 a date, ce2 percent,
// ce3 a number with groups, ce4 in an old font by its parent; T1 pieces of text
// in that font; ta2 a hidden sheet, ro2 a row and co2 a column without measure.
const odsAutomatic = `<office:automatic-styles>` +
	`<number:date-style style:name="N36"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>` +
	`<number:number-style style:name="N3"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>` +
	`<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N36"/>` +
	`<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N11"/>` +
	`<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N3"/>` +
	`<style:style style:name="ce4" style:family="table-cell" style:parent-style-name="Old" style:data-style-name="N3"/>` +
	`<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="VnTime"/></style:style>` +
	`<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>` +
	`<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>` +
	`<style:style style:name="ro2" style:family="table-row"><style:table-row-properties style:row-height="0cm"/></style:style>` +
	`<style:style style:name="co2" style:family="table-column"><style:table-column-properties style:column-width="0in"/></style:style>` +
	`</office:automatic-styles>`

// odsContent wraps the children of the spreadsheet.
func odsContent(body string) string {
	return xmlHead + `<office:document-content` + odsSpaces + `>` + odsAutomatic +
		`<office:body><office:spreadsheet>` + body + `</office:spreadsheet></office:body></office:document-content>`
}

// odsTableXML wraps the children of one sheet.
func odsTableXML(rows string) string {
	return `<table:table table:name="Biểu 1">` + rows + `</table:table>`
}

// odsCellsXML wraps the cells of one row of one sheet.
func odsCellsXML(cells string) string {
	return odsTableXML(`<table:table-row>` + cells + `</table:table-row>`)
}

// odsParts gives the parts of a spreadsheet; the body may be "" for one empty
// sheet.
func odsParts(body string) map[string]string {
	if body == "" {
		body = odsTableXML("")
	}
	return map[string]string{
		"mimetype":              mediaTypeODS,
		"META-INF/manifest.xml": odsManifest,
		"styles.xml":            odsStylesXML,
		"content.xml":           odsContent(body),
		"meta.xml": xmlHead + `<office:document-meta` + odsSpaces + `><office:meta><dc:creator>Sở Nội vụ</dc:creator><dc:title/>` +
			`<meta:document-statistic meta:table-count="1"/><meta:user-defined meta:name="tonghop.form">ctxh-2021</meta:user-defined>` +
			`<meta:user-defined meta:name="n" meta:value-type="float">7</meta:user-defined></office:meta></office:document-meta>`,
	}
}

// odsWith makes a spreadsheet; pairs of name and content replace its parts, and
// "" leaves one out.
func odsWith(tb testing.TB, body string, parts ...string) []byte {
	tb.Helper()
	all := odsParts(body)
	for i := 0; i < len(parts); i += 2 {
		if all[parts[i]] = parts[i+1]; parts[i+1] == "" {
			delete(all, parts[i])
		}
	}
	return zipOf(tb, all)
}

// odsFloat and odsText make the cells that tests have most of.
func odsNumberXML(value string) string {
	return `<table:table-cell office:value-type="float" office:value="` + value + `" calcext:value-type="float"><text:p>` + strings.ReplaceAll(value, ".", ",") + `</text:p></table:table-cell>`
}

func odsTextXML(inside string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + inside + `</text:p></table:table-cell>`
}
