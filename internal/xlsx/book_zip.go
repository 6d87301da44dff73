package xlsx

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/klauspost/compress/flate"
)

// deflateLevel is the compression of the parts: see docs/adr/0006 for what the
// levels cost and save.
const deflateLevel = 6

// writeArchive writes the parts as a zip archive whose bytes depend on nothing
// but the parts: names in order, one date, and a compressor whose version is
// pinned with the module, where that of the standard library moves with Go.
func writeArchive(w io.Writer, parts partSet) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, deflateLevel)
	})
	for _, name := range archiveOrder(parts) {
		part, err := z.CreateHeader(&zip.FileHeader{
			Name:   name,
			Method: zip.Deflate,
			// The first day a zip archive can name.
			Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
		})
		if err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
		if err := parts[name].writeTo(part); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	return z.Close()
}

// archiveOrder sorts the parts, the list of types first: readers that look
// only at the beginning of a file know a workbook by it.
func archiveOrder(parts partSet) []string {
	names := []string{contentTypes}
	for name := range parts {
		if name != contentTypes {
			names = append(names, name)
		}
	}
	slices.Sort(names[1:])
	return names
}
