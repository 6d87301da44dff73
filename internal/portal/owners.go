package portal

import (
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
	var key report.Key
	found := false
	s.Books.Read(func(l *report.Ledger) {
		for _, book := range l.Requests {
			for _, ret := range book.Returns() {
				if ret.Attempt(upload) != nil {
					key, found = ret.Key, true
					return
				}
			}
		}
	})
	if !found {
		return key, fault.New(fault.UploadUnknown, fault.A("upload", clip(upload)))
	}
	s.owners.put(upload, key)
	return key, nil
}
