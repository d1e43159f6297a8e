package scenario

// Template is a file to start from: every field once, and a run that loses nothing.
const Template = header + `title: what happens, in one line
story: |
  What to watch, and why it matters. Markdown; shown beside the run.
seed: 1
cluster:
  brokers: 3                       # b1, b2, b3; or a list of names
  controllers: 1                   # k1; 1 or 3
  config: {broker.session.timeout.ms: 9000}
  topics:
    - {name: orders, partitions: 1, replication.factor: 3, config: {min.insync.replicas: 2}}
producers:
  - id: p1
    topic: orders
    records: 3
    every: 10ms
    config: {acks: all}
consumers:
  - id: c1
    group: g1
    topics: [orders]
    config: {auto.offset.reset: earliest}
    process: {takes: 1ms, sink: append}
script:                            # in order; each line waits for its moment
  - {when: "p1 acked m2", do: "crash b1"}
  - {at: 20s, do: "restart b1"}
until: 60s                         # or: settled
expect:
  acked-lost: 0
  duplicated: 0
  verdict: exactly-once
`
