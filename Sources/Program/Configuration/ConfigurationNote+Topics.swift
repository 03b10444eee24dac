import Installation

/// What a destination's broker must allow or bear.
extension ConfigurationNote {
    static func topics(of destination: Destination, in configuration: Configuration) -> [ConfigurationNote] {
        var notes: [ConfigurationNote] = []
        let prefix = configuration.topicPrefix
        if destination.resend {
            let topic = "\(prefix)/requests/\(configuration.gateway)"
            notes.append(.needsRequestRight(destination: destination.id, topic: topic))
        }
        if destination.broker.version == .v311, prefix.contains(".") {
            notes.append(.dottedPrefix(destination: destination.id, prefix: prefix))
        }
        return notes
    }
}
