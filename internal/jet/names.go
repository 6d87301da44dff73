package jet

import (
	"fmt"
	"hash/fnv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
)

// The streams.
const (
	// streamEvents is the journal. Nothing in it is ever deleted or purged, so
	// its sequences have no holes.
	streamEvents = "EV"
	// streamFiles keeps the bytes of uploads and exports by their SHA-256.
	streamFiles = "FILES"
	// streamSnapshots keeps folds of the journal, the newest few of each name.
	streamSnapshots = "SNAPSHOTS"
	// streamSchedules keeps the schedules and what they fired.
	streamSchedules = "SCHEDULES"
	// streamDead keeps the dead letters of the inbox.
	streamDead = "DEAD"
)

// The subjects. A "%s" stands for what the functions below put there.
const (
	// subjectEvents: ev.<shard 00..63>.<scope>.<name>.<agency or _>.<kind>.
	subjectEvents = "ev.>"
	// subjectReceived is what the inbox reads: every upload.
	subjectReceived = "ev.*.*.*.*." + string(report.KindReceived)
	// subjectFiles: file.<SHA-256 in hex>.
	subjectFiles = "file.>"
	// subjectSnapshots: snap.<name>.<sequence, 20 digits>.<part or "end">.
	subjectSnapshots = "snap.>"
	// subjectSet: sched.<name>, the schedule itself.
	subjectSet = "sched.*"
	// subjectDue: due.<name>, what the broker's scheduler fires.
	subjectDue = "due.*"
	// subjectDead: dead.<sequence in the journal>, written by whoever buries.
	subjectDead = "dead.*"
	// subjectTries is where the broker says that a job was handed out for the
	// last time in vain.
	subjectTries = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES." + streamEvents + "." + consumerInbox
)

// The durable consumers.
const (
	consumerInbox = "inbox" // on streamEvents: uploads without an outcome
	consumerDue   = "due"   // on streamSchedules: fires nobody has taken yet
)

// The headers of our own.
const (
	// headerEvent is the identity of the event that the message carries, or
	// carries a part of.
	headerEvent = "Tonghop-Event"
	// headerWrite names the one call that wrote the message, so that whoever
	// did not hear the answer can find out what became of it.
	headerWrite = "Tonghop-Write"
	// headerChunk is "i/n" on each message of something that takes n of them.
	headerChunk = "Tonghop-Chunk"
	// headerDue is the moment a schedule that fires once is set for.
	headerDue = "Tonghop-Due"
	// headerCron and headerZone are the line and zone of a schedule.
	headerCron = "Tonghop-Cron"
	headerZone = "Tonghop-Zone"
	// headerCreated is when the journal was created that a snapshot is of.
	headerCreated = "Tonghop-Journal-Created"
	// headerSHA256 is the hash of a snapshot's bytes.
	headerSHA256 = "Tonghop-SHA256"
)

// The headers of the broker that package jetstream has no name for.
const (
	headerExpect       = jetstream.ExpectedLastSubjSeqHeader
	headerExpectFilter = jetstream.ExpectedLastSubjSeqSubjHeader
	headerBatch        = "Nats-Batch-Id"
	headerBatchSeq     = "Nats-Batch-Sequence"
	headerBatchCommit  = "Nats-Batch-Commit"
)

// shards is how many parts the subjects divide the returns into, for the day a
// fold no longer fits one process.
const shards = 64

// filterOf is the one spelling of the subjects of a key. The broker guards a key
// by this very string: two writers who spelt it differently would both win
// (docs/adr/0008). Nothing else in the program makes subjects of the journal.
func filterOf(k report.Key) (string, error) {
	switch k.Scope {
	case report.ScopeDefinition, report.ScopeRegister, report.ScopeRequest, report.ScopeSystem:
	default:
		return "", fmt.Errorf("key %v: no such scope", k)
	}
	agency := k.Agency
	if agency == "" {
		agency = "_" // no code is spelt so
	} else if !report.IsCode(agency) {
		return "", fmt.Errorf("key %v: the agency is no code", k)
	}
	if !report.IsCode(k.Name) {
		return "", fmt.Errorf("key %v: the name is no code", k)
	}
	path := fmt.Sprintf("%s.%s.%s", k.Scope, k.Name, agency)
	h := fnv.New32a()
	_, _ = h.Write([]byte(path)) // never fails
	return fmt.Sprintf("ev.%02d.%s.*", h.Sum32()%shards, path), nil
}

// subjectOf is the subject of an event of a key, given the key's filter.
func subjectOf(filter string, kind report.EventKind) string {
	return filter[:len(filter)-1] + string(kind)
}

// The streams as they are created.

func eventsConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: streamEvents, Subjects: []string{subjectEvents}, Replicas: replicas,
		Description: "the journal: every event, for ever",
		Storage:     jetstream.FileStorage, Retention: jetstream.LimitsPolicy,
		DenyDelete: true, DenyPurge: true, AllowAtomicPublish: true,
		Compression: jetstream.NoCompression, // events are compressed already
		Duplicates:  2 * time.Minute,
	}
}

func filesConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: streamFiles, Subjects: []string{subjectFiles}, Replicas: replicas,
		Description: "files by their SHA-256",
		Storage:     jetstream.FileStorage, AllowAtomicPublish: true,
		// A message that is read directly comes as it is, and not as text in JSON.
		// A replica that lags would say of a file that it is not there; a single
		// server does not lag behind itself.
		AllowDirect: replicas == 1,
	}
}

func snapshotsConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: streamSnapshots, Subjects: []string{subjectSnapshots}, Replicas: replicas,
		Description: "folds of the journal; may be deleted at any time",
		Storage:     jetstream.FileStorage, MaxMsgsPerSubject: 1,
	}
}

func schedulesConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: streamSchedules, Subjects: []string{subjectSet, subjectDue}, Replicas: replicas,
		Description: "schedules and what they fired",
		Storage:     jetstream.FileStorage, AllowMsgSchedules: true, AllowMsgTTL: true,
	}
}

func deadConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: streamDead, Subjects: []string{subjectDead, subjectTries}, Replicas: replicas,
		Description: "jobs that were given up",
		Storage:     jetstream.FileStorage,
	}
}

func inboxConfig(patience time.Duration) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable: consumerInbox, FilterSubject: subjectReceived,
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: patience, MaxDeliver: maxTries, MaxAckPending: 1000,
	}
}

// firePatience is how long whoever took a fire may work on it without a word:
// there is no heartbeat for it, and an export of a whole country takes a while.
const firePatience = 5 * time.Minute

func dueConfig() jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable: consumerDue, FilterSubject: subjectDue,
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: firePatience, MaxAckPending: 100,
	}
}
