public import Domain
public import Platform
import Synchronization

/// One broker session: libmosquitto on a thread of ours. Every publish ends in a PUBACK or in a disconnection.
///
/// - Messages are pulled: the session asks the owner for the next one while the window has room, so it never holds a
///   backlog.
/// - A token is in flight exactly from `nextMessage()` to `acknowledged` or `sessionDisconnected`.
/// - Each attempt to connect has its own handle, discarded with the connection: what the library may have queued goes
///   with it and is never sent without the owner's knowledge.
/// - The session connects, and connects again, from `start()` to `stop(within:)`, whatever the broker does.
/// - It has its own thread: always, or, where an event loop serves the connected session, only to connect and to end.
///   One thread at a time touches the connection.
///
/// Once started it must be stopped; until then it retains its owner.
public final class MQTTSession: Sendable {
    private let shared: SessionState
    private let settings: MQTTSettings
    private let time: any TimeSource
    private let life: Mutex<Life>

    private enum Life {
        case made(any MQTTSessionOwner)
        case running
        case stopped
    }

    /// - Parameters:
    ///   - settings: at least one address; a window of 1 to 65535.
    ///   - time: must run as fast as the kernel's clock, because the session sleeps in poll(2).
    ///   - name: the thread's name, as `top -H` shows it; 15 bytes.
    ///   - loop: serves the session while it is connected; without one its own thread does.
    public init(
        settings: MQTTSettings,
        owner: any MQTTSessionOwner,
        time: any TimeSource,
        name: String,
        loop: EventLoop? = nil
    ) {
        precondition(!settings.addresses.isEmpty, "an MQTT session needs an address")
        precondition((1...65_535).contains(settings.maximumWindow), "an MQTT window is 1 to 65535")
        self.settings = settings
        self.time = time
        shared = SessionState(name: name, since: time.uptime(), loop: loop)
        life = Mutex(.made(owner))
    }

    /// Starts the session; a second call does nothing.
    ///
    /// Where the machine has no thread for it, the owner gets `sessionDisconnected`. The event loop tries again;
    /// without one a further call does.
    public func start() {
        let (session, failure) = life.withLock { life -> (SessionLoop?, SystemError?) in
            guard case .made(let owner) = life else { return (nil, nil) }
            let session = SessionLoop(settings: settings, owner: owner, shared: shared, time: time)
            do throws(SystemError) { try session.start() } catch {
                guard let loop = shared.loop else { return (session, error) }
                loop.add(session)
            }
            life = .running
            return (session, nil)
        }
        if let failure { session?.lacksThread(failure) }
    }

    /// Announces that there is something to publish. From any thread; costs an atomic store unless the session sleeps.
    public func wake() { shared.wake() }

    /// Publishes what the owner still offers, waits for the PUBACKs, sends DISCONNECT, and ends the thread. Blocks.
    ///
    /// A DISCONNECT makes the broker drop the will, so the owner offers its own final status (a retained "offline") as
    /// its last message. A session that is not connected stops at once.
    ///
    /// - Parameter limit: the call never takes longer. At the limit the connection is cut without a DISCONNECT. A
    ///   thread that hangs in name resolution is left behind, and ends by itself when the resolver gives up.
    public func stop(within limit: Duration) {
        let isRunning = life.withLock { life in
            defer { life = .stopped }
            if case .running = life { return true }
            return false
        }
        guard isRunning else { return }
        let now = time.uptime()
        // The thread gets a little less time, so that it has ended at the limit.
        shared.stop(by: now + limit - min(limit / 10, .milliseconds(50)))
        if shared.finished.wait(until: now + limit, time: time) { shared.joinThread() }
    }

    /// Late only if the thread's own loop hangs: the wait for a broker has a deadline.
    public var heartbeat: Heartbeat { shared.heartbeat }

    /// The session's state; readable from any thread, at most one turn of its loop old.
    public var snapshot: MQTTSnapshot { shared.snapshot.withLock { $0 } }
}
