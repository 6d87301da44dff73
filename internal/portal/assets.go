package portal

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"tonghop/report/fault"
)

// What the pages are made of. Nothing is loaded from anywhere else.
//
//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// asset is an embedded file with its fingerprint, by which browsers keep it for
// ever: other bytes have another address.
type asset struct {
	body  []byte
	media string
	tag   string
}

func loadAssets() map[string]asset {
	out := map[string]asset{}
	err := fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := staticFiles.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		out[path.Base(name)] = asset{body: b, media: mediaOf(name), tag: hex.EncodeToString(sum[:6])}
		return nil
	})
	if err != nil {
		panic(err) // the files are embedded
	}
	return out
}

// mediaOf tells the type of a file by its name, the same on every machine.
func mediaOf(name string) string {
	switch path.Ext(name) {
	case ".woff2":
		return "font/woff2"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(name))
}

// address gives the address of an asset in a page.
func (p *pages) address(name string) string { return "/static/" + name + "?v=" + p.assets[name].tag }

func (s *site) static(w http.ResponseWriter, r *http.Request) {
	a, ok := s.pages.assets[r.PathValue("file")]
	if !ok {
		s.fail(w, r, fault.New(fault.NotFound, fault.A("what", clip(r.URL.Path))))
		return
	}
	w.Header().Set("Content-Type", a.media)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Write(a.body)
}
