package portal

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// errPanic stands for a request whose handling broke; it was logged already.
var errPanic = errors.New("handling a request panicked")

// errTooMany: wrong tokens came faster than a person mistypes.
var errTooMany = errors.New("too many wrong tokens")

// problem turns an error into what the asker is told: this is the only place
// that decides it. A fault keeps its code and its words. Of an error of the
// machine only an incident number is shown, under which the log has the rest.
func (s *site) problem(r *http.Request, err error) *api.Problem {
	var (
		list    fault.List
		one     fault.Fault
		tooLong *http.MaxBytesError
	)
	switch {
	case errors.As(err, &list) && len(list) > 0:
		p := problemOf(list[0])
		p.Findings = list
		return p
	case errors.As(err, &one):
		return problemOf(one)
	case errors.As(err, &tooLong):
		return problemOf(fault.New(fault.BodyTooLarge, fault.A("limit", megabytes(tooLong.Limit))))
	case errors.Is(err, errTooMany):
		p := problemOf(fault.New(fault.Unauthorised))
		p.Status, p.Title = http.StatusTooManyRequests, http.StatusText(http.StatusTooManyRequests)
		return p
	case errors.Is(err, report.ErrStale):
		return problemOf(fault.New(fault.Stale))
	case errors.Is(err, report.ErrUnavailable), errors.Is(err, report.ErrGap), errors.Is(err, context.DeadlineExceeded):
		s.Log.Warn().Err(err).Str("method", r.Method).Str("path", r.URL.Path).Msg("not available")
		return problemOf(fault.New(fault.Unavailable))
	}
	incident := strings.ToLower(rand.Text()[:8])
	s.Log.Error().Err(err).Str("incident", incident).Str("method", r.Method).Str("path", r.URL.Path).Msg("request failed")
	return problemOf(fault.New(fault.Internal, fault.A("id", incident)))
}

func problemOf(f fault.Fault) *api.Problem {
	status := statusOf(f.Code)
	return &api.Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: f.EN(),
		Code: string(f.Code), VI: f.VI(), EN: f.EN(), Fix: f.FixVI(), Findings: []fault.Fault{f},
	}
}

// statusOf gives the HTTP status of a fault: bad input unless listed.
func statusOf(code fault.Code) int {
	switch code {
	case fault.BadJSON, fault.ParameterWrong, fault.ParameterMissing, fault.ParameterUnknown, fault.MultipartWrong, fault.BodyIncomplete:
		return http.StatusBadRequest
	case fault.Unauthorised:
		return http.StatusUnauthorized
	case fault.Forbidden, fault.MayNot:
		return http.StatusForbidden
	case fault.NotFound, fault.RequestUnknown, fault.AgencyNotAsked, fault.UploadUnknown:
		return http.StatusNotFound
	case fault.MethodNotAllowed:
		return http.StatusMethodNotAllowed
	case fault.RequestClosed, fault.RequestNotClosed, fault.NotReady, fault.StillChecking, fault.NothingToWithdraw,
		fault.NothingSubmitted, fault.AlreadyApproved, fault.VersionUnknown, fault.Superseded, fault.Stale,
		fault.VersionTaken:
		return http.StatusConflict
	case fault.BodyTooLarge, fault.DocumentTooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.MediaTypeUnsupported:
		return http.StatusUnsupportedMediaType
	case fault.Internal:
		return http.StatusInternalServerError
	case fault.Unavailable, fault.ApplyInterrupted:
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}

// fail answers with an error: as a page to a browser that asked for one, and as
// a problem to everything else.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the asker has gone
	}
	p := s.problem(r, err)
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="tonghop", Basic realm="tonghop", charset="UTF-8"`)
	case http.StatusMethodNotAllowed:
		choices, _ := p.Findings[0].Arg("choices")
		w.Header().Set("Allow", choices)
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "60")
	}
	if !strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(r.Header.Get("Accept"), "text/html") {
		s.failPage(w, r, p)
		return
	}
	writeJSON(w, p.Status, "application/problem+json", p)
}

// writeJSON writes a reply. A peer that has gone away is no error of ours.
func writeJSON(w http.ResponseWriter, status int, media string, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a reply type that cannot be written is a mistake of ours
	}
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	w.Write(append(b, '\n'))
}
