package report

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// CodePattern is what codes of definitions, registers, requests and agencies
// look like: they stand in subjects, paths and file names.
const CodePattern = `^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`

// IndicatorPattern is what codes of indicators look like: "1.03a", "L15.1".
const IndicatorPattern = `^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`

var (
	codeRE      = regexp.MustCompile(CodePattern)
	indicatorRE = regexp.MustCompile(IndicatorPattern)
)

// IsCode reports whether s matches [CodePattern].
func IsCode(s string) bool { return codeRE.MatchString(s) }

// IsIndicatorCode reports whether s matches [IndicatorPattern].
func IsIndicatorCode(s string) bool { return indicatorRE.MatchString(s) }

// UploadID names an upload by what it is: the same bytes for the same return
// are the same upload, however often and by whatever way they come. 24 hex
// digits of SHA-256.
func UploadID(request, agency, sha string) string {
	sum := sha256.Sum256([]byte(request + "\x00" + agency + "\x00" + sha))
	return hex.EncodeToString(sum[:12])
}

// Ref is the name of one version of a definition or register: "code@version".
func Ref(code, version string) string { return code + "@" + version }
