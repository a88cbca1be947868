/* How a folder lies on its disk, from what a kernel would say. */
#include <glib/gstdio.h>

#include "limber-disk.h"
#include "limber-test.h"

typedef struct {
  char *dir, *mounts, *devices;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = test_dir_new ();
  fixture->mounts = g_build_filename (fixture->dir, "mountinfo", NULL);
  fixture->devices = g_build_filename (fixture->dir, "block", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->mounts);
  g_free (fixture->devices);
}

/* A block device, what device-mapper calls it, and on which others it lies: a list between blanks. */
static void
put_device (Fixture *fixture, const char *device, const char *uuid, const char *below)
{
  g_autofree char *dir = g_build_filename (fixture->devices, device, NULL), *dm = g_build_filename (dir, "dm", NULL), *fact = g_build_filename (dm, "uuid", NULL);
  g_auto (GStrv) names = g_strsplit (below, " ", -1);

  g_assert_cmpint (g_mkdir_with_parents (dm, 0700), ==, 0);
  if (uuid != NULL)
    g_assert_true (g_file_set_contents (fact, uuid, -1, NULL));
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *slave = g_strdup_printf ("%s/slaves/d%u", dir, i), *dev = g_build_filename (slave, "dev", NULL);

    g_assert_cmpint (g_mkdir_with_parents (slave, 0700), ==, 0);
    g_assert_true (g_file_set_contents (dev, names[i], -1, NULL));
  }
}

static void
put_mounts (Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents (fixture->mounts, text, -1, NULL));
}

static LimberDisk
look (Fixture *fixture, const char *path)
{
  return limber_disk_look_full (path, fixture->mounts, fixture->devices);
}

static void
a_folder_counts_as_what_it_lies_on (Fixture *fixture, gconstpointer data)
{
  put_mounts (fixture, "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 254:0 / /home rw - ext4 /dev/mapper/home rw\n24 22 0:44 / /srv rw - nfs box:/srv rw\n25 22 254:1 / /data\\040of\\040ours rw - ext4 x rw\n");
  put_device (fixture, "8:1", NULL, "");
  put_device (fixture, "254:0", "CRYPT-LUKS2-0123-home\n", "8:1");
  put_device (fixture, "254:1", "CRYPT-LUKS2-0124-data\n", "8:1");
  g_assert_cmpint (look (fixture, "/var/lib/limber"), ==, LIMBER_DISK_PLAIN);
  g_assert_cmpint (look (fixture, "/home/desk/store"), ==, LIMBER_DISK_ENCRYPTED);
  g_assert_cmpint (look (fixture, "/homes/desk"), ==, LIMBER_DISK_PLAIN);
  g_assert_cmpint (look (fixture, "/srv/store"), ==, LIMBER_DISK_UNKNOWN);
  g_assert_cmpint (look (fixture, "/data of ours/store"), ==, LIMBER_DISK_ENCRYPTED);
}

static void
what_lies_between_does_not_matter (Fixture *fixture, gconstpointer data)
{
  put_mounts (fixture, "22 1 254:2 / / rw - ext4 /dev/mapper/vg-root rw\n");
  put_device (fixture, "254:2", "LVM-abc", "254:0");
  put_device (fixture, "254:0", "CRYPT-LUKS1-abc", "8:3");
  g_assert_cmpint (look (fixture, "/var"), ==, LIMBER_DISK_ENCRYPTED);
}

static void
one_open_disk_of_two_is_enough (Fixture *fixture, gconstpointer data)
{
  put_mounts (fixture, "22 1 254:2 / / rw - ext4 /dev/mapper/vg-root rw\n");
  put_device (fixture, "254:2", "LVM-abc", "254:0 8:3");
  put_device (fixture, "254:0", "CRYPT-LUKS1-abc", "8:4");
  put_device (fixture, "8:3", NULL, "");
  g_assert_cmpint (look (fixture, "/var"), ==, LIMBER_DISK_PLAIN);
}

static void
what_nobody_can_say_is_not_said (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (look (fixture, "/var"), ==, LIMBER_DISK_UNKNOWN);
  put_mounts (fixture, "22 1 254:2 / / rw - ext4 x rw\nnonsense\n23 22 ../../etc / /etc rw - x x rw\n");
  g_assert_cmpint (look (fixture, "/var"), ==, LIMBER_DISK_UNKNOWN);
  g_assert_cmpint (look (fixture, "/etc"), ==, LIMBER_DISK_UNKNOWN);
  put_device (fixture, "254:2", "LVM-abc", "254:2"); /* on itself */
  g_assert_cmpint (look (fixture, "/var"), ==, LIMBER_DISK_UNKNOWN);
}

#define ADD(name, func) g_test_add ("/base/disk/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-folder-counts-as-what-it-lies-on", a_folder_counts_as_what_it_lies_on);
  ADD ("what-lies-between-does-not-matter", what_lies_between_does_not_matter);
  ADD ("one-open-disk-of-two-is-enough", one_open_disk_of_two_is_enough);
  ADD ("what-nobody-can-say-is-not-said", what_nobody_can_say_is_not_said);
  return g_test_run ();
}
