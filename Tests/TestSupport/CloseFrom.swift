import Glibc

/// Closes every descriptor from that one on in the child. Otherwise descriptors of other tests would take the places of
/// the program's own, and stay open with it.
///
/// glibc has it since 2.34; its headers show it to C with GNU extensions only, which Swift does not ask for.
@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
func addCloseFrom(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ descriptor: Int32) -> Int32
