package portal

import (
	"net/http"

	"tonghop/internal/portal/api"
)

type pages struct{}

func newPages() *pages      { return &pages{} }
func (s *site) servePages() {}
func (s *site) failPage(w http.ResponseWriter, r *http.Request, p *api.Problem) {
	writeJSON(w, p.Status, "application/problem+json", p)
}
