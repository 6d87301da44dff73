package jet

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Config says where the store is. Either Dir or URLs is set; everything else has
// a default.
type Config struct {
	// Dir is the folder of an embedded server: everything is in it.
	Dir string
	// MaxStore is how many bytes the embedded server may fill; 0: three quarters
	// of what is free when it starts. Keep it well below the disk: a store that
	// is full refuses cleanly, a disk that is full does not.
	MaxStore int64

	// URLs are the addresses of a cluster.
	URLs []string
	// Creds is the file with the credentials of a user of the cluster, NKey the
	// file with the seed of one, CA the file with the authority that signed the
	// cluster's certificate. Each may be empty.
	Creds, NKey, CA string
	// Replicas is how many servers keep each stream: 1, 3 or 5. 0: what the
	// streams have already, and 1 for new ones.
	Replicas int

	// Patience is how long a job may go without a heartbeat before it is handed
	// to another worker; 0: 30 s.
	Patience time.Duration
	// Attempt is how long one request to the broker may take before it is made
	// again, and Timeout how long all attempts may take: longer than a cluster
	// needs to choose a new leader after a hard stop (6 to 7 s). 0: 5 s and 30 s.
	Attempt, Timeout time.Duration
	// MaxFile is the largest file in bytes; 0: 64 MiB.
	MaxFile int

	// Log takes what an operator ought to know; nil: nothing.
	Log func(format string, args ...any)
}

// maxTries is how often a job is handed out before it is buried.
const maxTries = 5

func (c Config) withDefaults() (Config, error) {
	switch {
	case (c.Dir == "") == (len(c.URLs) == 0):
		return c, errors.New("either a folder or the addresses of a cluster, and not both")
	case c.Dir != "" && c.Replicas > 1:
		return c, fmt.Errorf("an embedded server keeps 1 replica, not %d", c.Replicas)
	case c.Replicas < 0 || c.Replicas > 5 || c.Replicas == 2 || c.Replicas == 4:
		return c, fmt.Errorf("replicas are 1, 3 or 5, not %d", c.Replicas)
	}
	c.Patience = cmp.Or(c.Patience, 30*time.Second)
	c.Attempt = cmp.Or(c.Attempt, 5*time.Second)
	c.Timeout = cmp.Or(c.Timeout, 30*time.Second)
	c.MaxFile = cmp.Or(c.MaxFile, 64<<20)
	if c.Log == nil {
		c.Log = func(string, ...any) {}
	}
	return c, nil
}
