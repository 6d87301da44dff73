package portal

import (
	"slices"
	"sync"

	"tonghop/report"
	"tonghop/report/fault"
)

// owners remembers which return an upload belongs to, for uploads are asked for
// by their id alone. It is a cache: what is not in it is looked for in the
// ledger.
type owners struct {
	mu  sync.RWMutex
	key map[string]report.Key
}

// maxOwners bounds the cache: some 20 MB.
const maxOwners = 100_000

func (o *owners) get(upload string) (report.Key, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	key, ok := o.key[upload]
	return key, ok
}

func (o *owners) put(upload string, key report.Key) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.key == nil || len(o.key) >= maxOwners {
		o.key = map[string]report.Key{}
	}
	o.key[upload] = key
}

// owner finds the return an upload belongs to.
func (s *site) owner(upload string) (report.Key, error) {
	if key, ok := s.owners.get(upload); ok {
		return key, nil
	}
	for _, request := range s.requestsToSearch() {
		s.Books.Fetch(request)
		var key report.Key
		s.Books.Read(func(l *report.Ledger) {
			for _, ret := range l.Requests[request].Returns() {
				if ret.Attempt(upload) != nil {
					key = ret.Key
					return
				}
			}
		})
		if key.Name != "" {
			s.owners.put(upload, key)
			return key, nil
		}
	}
	return report.Key{}, fault.New(fault.UploadUnknown, fault.A("upload", clip(upload)))
}

// requestsToSearch gives all requests, those last that nobody has asked for since the
// start: they have to be read first. Each is searched by itself, so that no write waits for
// the reading of all.
func (s *site) requestsToSearch() []string {
	unread := s.Books.Unread()
	var out []string
	s.Books.Read(func(l *report.Ledger) {
		for code := range l.Requests {
			if !slices.Contains(unread, code) {
				out = append(out, code)
			}
		}
	})
	return append(out, unread...)
}
