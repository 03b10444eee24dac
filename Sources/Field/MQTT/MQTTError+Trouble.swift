extension MQTTError {
    /// What kind of trouble a failure is, for people who must look for its cause in one place or another.
    public enum Trouble: String, Sendable, CaseIterable {
        case unreachable, mute, credentials, notAllowed, tls, noRoom, refused
    }

    public var trouble: Trouble {
        switch kind {
        case .badCredentials, .notAuthorised, .password: .credentials
        case .subscriptionRefused: .notAllowed
        case .unreachable, .nameNotResolved: .unreachable
        case .connectTimeout, .keepAlive, .protocolViolation, .connectionLost: .mute
        case .tooManyDescriptors, .noThread: .noRoom
        case .certificateNotTrusted, .certificateName, .tls: .tls
        default: .refused
        }
    }
}
