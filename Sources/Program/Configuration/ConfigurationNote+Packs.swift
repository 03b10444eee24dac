import Installation

/// What changes for a destination's subscribers, and what its broker must allow, where readings go in packs.
extension ConfigurationNote {
    static func packs(of destination: Destination, in configuration: Configuration) -> [ConfigurationNote] {
        guard destination.pack != nil else { return [] }
        let topic = "\(configuration.topicPrefix)/packs/\(configuration.gateway)"
        return [.packs(destination: destination.id, topic: topic, stateEvery: destination.state?.every)]
            + [
                .needsPackRight(
                    destination: destination.id,
                    topic: topic,
                    isSilent: destination.broker.version == .v311
                )
            ]
    }
}
