package cluster

// newConsumer is the release whose consumer commits to its group's coordinator, as a member of a
// generation. The one before it (ZookeeperConsumerConnector) keeps its offsets in ZooKeeper.
var newConsumer = Release{0, 9}

// zookeeperName is what the ensemble is called.
const zookeeperName = "zk"

// keepsInZooKeeper tells whether a consumer's release keeps its offsets in ZooKeeper. A release that can't
// be read is complained about where it is resolved.
func keepsInZooKeeper(c *Config, i int) bool {
	text := c.Consumers[i].Version
	if text == "" {
		text = c.Version
	}
	v, err := ParseRelease(text)
	return err == nil && v.Before(newConsumer)
}

// needsZooKeeper tells whether there is a consumer that does.
func needsZooKeeper(c *Config) bool {
	for i := range c.Consumers {
		if keepsInZooKeeper(c, i) {
			return true
		}
	}
	return false
}

// checkStorage: what goes with where a consumer keeps its offsets.
func (p *plan) checkStorage(i int, inKafka bool, path string) {
	c := &p.Consumers[i]
	old := keepsInZooKeeper(&p.Config, i)
	if old && inKafka {
		p.wrong(path+".config.offsets.storage", "kafka, in the consumer before 0.9, commits to a broker without a"+
			" generation, which is not modelled: version 0.9 is the first whose commits to Kafka are fenced")
	}
	for k := range i {
		if c.Group != "" && p.Consumers[k].Group == c.Group && keepsInZooKeeper(&p.Config, k) != old {
			p.wrong(path+".version", "%s is in group %q too, on the other side of 0.9: consumers before 0.9 know"+
				" nothing of those after it, nor of their offsets", p.Consumers[k].ID, c.Group)
		}
	}
}
