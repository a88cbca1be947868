/* Whether what is written to a folder is encrypted on its way to the disk, as far as Linux itself knows. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LimberDisk:
 * @LIMBER_DISK_UNKNOWN: nobody can say: a file system over a network, or one that is in no disk of its own
 * @LIMBER_DISK_PLAIN: whoever takes the disk out reads it
 * @LIMBER_DISK_ENCRYPTED: it lies on dm-crypt (LUKS), whatever is between
 */
typedef enum {
  LIMBER_DISK_UNKNOWN,
  LIMBER_DISK_PLAIN,
  LIMBER_DISK_ENCRYPTED,
} LimberDisk;

LimberDisk limber_disk_look      (const char *path);
LimberDisk limber_disk_look_full (const char *path, const char *mounts, const char *devices);

G_END_DECLS
