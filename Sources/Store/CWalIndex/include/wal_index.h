#ifndef WAL_INDEX_H
#define WAL_INDEX_H

/* SQLite maps the file `-shm`, which holds the index of its write-ahead log, and extends it by one byte a page of
 * 4 KiB. On a file system of smaller blocks that leaves holes, and so does any that allocates late: a write into a hole
 * of a full disk ends the process by SIGBUS. From this call on, each part of the index of every opened database gets
 * blocks before the first write into it; where there are none, SQLite gets SQLITE_IOERR_SHMSIZE. It is C because
 * SQLite's virtual file system is a table of C functions, which it copies and returns by address.
 *
 * To be called once, before a database is opened. Returns SQLite's result code. */
int wal_index_keep_allocated(void);

/* Asks the file system to overwrite this empty file in place. btrfs writes each change of a mapped page to new blocks
 * otherwise, and a full disk has none. A file system that knows no such flag overwrites in place anyway. */
void wal_index_overwrite_in_place(int descriptor);

#endif
