#include "limber-disk.h"

#include <stdlib.h>
#include <string.h>

#include "limber-file.h"

#define MOUNTS "/proc/self/mountinfo"
#define DEVICES "/sys/dev/block"
#define DEPTH 8 /* of devices on devices */
#define MOUNTS_MAXIMUM (4 * 1024 * 1024)
#define FACT_MAXIMUM 4096

/* How long the mount point is that holds @path; 0 when it does not. Blanks in it are written as \\040. */
static gsize
holds (const char *mount, const char *path)
{
  g_autofree char *plain = g_strcompress (mount);
  gsize length = strlen (plain);

  if (g_str_equal (plain, "/"))
    return 1;
  return g_str_has_prefix (path, plain) && (path[length] == '/' || path[length] == '\0') ? length : 0;
}

/* (transfer full) (nullable): "8:2", of the mount that holds @path; of two at one point the later lies above */
static char *
device_of (const char *path, const char *mounts)
{
  gsize length, best = 0;
  g_autofree char *text = limber_file_read (mounts, MOUNTS_MAXIMUM, &length, NULL), *device = NULL;
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 6); /* id, parent, device, root, mount point, … */
    gsize held = g_strv_length (words) == 6 ? holds (words[4], path) : 0;

    if (held == 0 || held < best)
      continue;
    best = held;
    g_free (device);
    device = g_strdup (words[2]);
  }
  return g_steal_pointer (&device);
}

static char *
fact (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  gsize length;
  char *text = limber_file_read (path, FACT_MAXIMUM, &length, NULL);

  return text != NULL ? g_strstrip (text) : NULL;
}

static LimberDisk look_at (const char *device, const char *devices, guint depth);

/* As bad as the worst of those that it lies on; what lies on none is a disk itself. */
static LimberDisk
look_below (const char *dir, const char *devices, guint depth)
{
  g_autofree char *below = g_build_filename (dir, "slaves", NULL);
  g_autoptr (GDir) open = g_dir_open (below, 0, NULL);
  LimberDisk worst = LIMBER_DISK_ENCRYPTED;
  const char *name;
  guint n = 0;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *slave = g_build_filename (below, name, NULL), *device = fact (slave, "dev");
    LimberDisk found = device != NULL ? look_at (device, devices, depth + 1) : LIMBER_DISK_UNKNOWN;

    n++;
    if (worst == LIMBER_DISK_ENCRYPTED || found == LIMBER_DISK_PLAIN)
      worst = found;
  }
  return n > 0 ? worst : LIMBER_DISK_PLAIN;
}

static LimberDisk
look_at (const char *device, const char *devices, guint depth)
{
  g_autofree char *dir = g_build_filename (devices, device, NULL), *uuid = NULL;

  if (depth >= DEPTH || strspn (device, "0123456789:") != strlen (device) || !g_file_test (dir, G_FILE_TEST_IS_DIR))
    return LIMBER_DISK_UNKNOWN;
  uuid = fact (dir, "dm/uuid");
  if (uuid != NULL && g_str_has_prefix (uuid, "CRYPT-"))
    return LIMBER_DISK_ENCRYPTED;
  return look_below (dir, devices, depth);
}

/**
 * limber_disk_look_full:
 * @path: (type filename): an absolute path without links
 * @mounts: (type filename): what the kernel says of mounts
 * @devices: (type filename): where it says of each block device what it is
 *
 * Returns: how @path lies on its disk
 */
LimberDisk
limber_disk_look_full (const char *path, const char *mounts, const char *devices)
{
  g_autofree char *device = device_of (path, mounts);

  return device != NULL ? look_at (device, devices, 0) : LIMBER_DISK_UNKNOWN;
}

/**
 * limber_disk_look:
 * @path: (type filename): a folder or a file
 *
 * Returns: how it lies on its disk
 */
LimberDisk
limber_disk_look (const char *path)
{
  g_autofree char *real = realpath (path, NULL);

  return real != NULL ? limber_disk_look_full (real, MOUNTS, DEVICES) : LIMBER_DISK_UNKNOWN;
}
