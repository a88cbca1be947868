/* Central's second file on a disk that does not answer: whichever call fails, what was there before is there still, nobody is
 * told what is not so, and the next one who asks gets what he asks for. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-error.h"
#include "limber-second.h"
#include "limber-test.h"
#include "limber-test-calls.h"

typedef struct {
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "second", "journal", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_dir_remove (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static void
put (Fixture *fixture, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static void
assert_is (Fixture *fixture, const char *text)
{
  g_autofree char *found = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}

/* @data: (nullable): what it is to begin with */
static gboolean
fill (FILE *file, gpointer data, GError **error)
{
  if (data == NULL || fputs (data, file) >= 0)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK, "%s", g_strerror (errno));
  return FALSE;
}

static LimberSecond *
open_it (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  LimberSecond *second = limber_second_open (fixture->dir, NULL, fill, NULL, &error);

  g_assert_no_error (error);
  return second;
}

/* Whether a call failed: then what was asked for was refused, and said why. */
static gboolean
was_refused (gboolean done, GError **error)
{
  test_calls_fail_at (0);
  if (!test_calls_failed ()) {
    g_assert_no_error (*error);
    g_assert_true (done);
    return FALSE;
  }
  g_assert_false (done);
  g_assert_error (*error, LIMBER_ERROR, LIMBER_ERROR_DISK);
  g_clear_error (error);
  return TRUE;
}

static gboolean
append (LimberSecond *second, const char *text, GError **error)
{
  return limber_second_append (second, text, strlen (text), error);
}

static void
what_is_appended_is_there_or_not_at_all (Fixture *fixture, gconstpointer data)
{
  LimberSecond *second = open_it (fixture);
  g_autoptr (GError) error = NULL;
  guint nth = 1;

  g_assert_true (append (second, "one\n", NULL));
  for (;; nth++) {
    test_calls_fail_at (nth);
    if (!was_refused (append (second, "two\n", &error), &error))
      break;
    assert_is (fixture, "one\n");
  }
  g_assert_cmpuint (nth, >, 2);
  assert_is (fixture, "one\ntwo\n");
  limber_second_close (second);
}

/* Whoever cannot even cut it off again says so, and whoever opens it ends the line. */
static void
half_a_line_is_ended_by_who_opens_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (fixture, "one\ntw");
  for (guint nth = 1;; nth++) {
    LimberSecond *second;

    test_calls_fail_at (nth);
    second = limber_second_open (fixture->dir, NULL, fill, NULL, &error);
    if (!was_refused (second != NULL, &error)) {
      g_assert_true (append (second, "three\n", NULL));
      limber_second_close (second);
      break;
    }
  }
  assert_is (fixture, "one\ntw\nthree\n");
}

/* Half of it would be taken for the whole by whoever opens it next. */
static void
a_lost_one_is_made_anew_as_a_whole_or_not (Fixture *fixture, gconstpointer data)
{
  guint nth = 1;

  for (gboolean refused = TRUE; refused; nth++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *found = NULL;
    LimberSecond *second;

    g_unlink (fixture->path);
    test_calls_fail_at (nth);
    second = limber_second_open (fixture->dir, NULL, fill, (gpointer) "one\ntwo\n", &error);
    refused = was_refused (second != NULL, &error);
    if (!refused || g_file_test (fixture->path, G_FILE_TEST_EXISTS))
      assert_is (fixture, "one\ntwo\n");
    g_clear_pointer (&second, limber_second_close);
  }
  g_assert_cmpuint (nth, >, 10);
}

/* As a disk that is full within the writing. */
static gboolean
fill_disk (FILE *file, gpointer data, GError **error)
{
  g_autofree char *line = g_strnfill (1 << 16, 'x');
  int full = g_open ("/dev/full", O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (dup2 (full, fileno (file)), >=, 0);
  close (full);
  fputs (line, file);
  return TRUE;
}

static void
none_is_made_on_a_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_second_open (fixture->dir, NULL, fill_disk, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK_FULL);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
a_call_that_was_interrupted_is_made_again (Fixture *fixture, gconstpointer data)
{
  LimberSecond *second = open_it (fixture);
  g_autoptr (GError) error = NULL;

  test_calls_fail (3, 1, EINTR); /* after both looks at where the file is */
  g_assert_true (append (second, "one\n", &error));
  g_assert_true (test_calls_failed ());
  assert_is (fixture, "one\n");
  limber_second_close (second);
}

static void
what_cannot_be_cut_off_again_is_told (Fixture *fixture, gconstpointer data)
{
  LimberSecond *second = open_it (fixture);
  g_autoptr (GError) error = NULL;

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "The second file ends within a line: *");
  test_calls_fail (4, 2, EIO); /* the syncing of what was written, and the cutting */
  g_assert_true (was_refused (append (second, "one\n", &error), &error));
  g_test_assert_expected_messages ();
  limber_second_close (second);
}

static void
nothing_is_written_where_nobody_looks (Fixture *fixture, gconstpointer data)
{
  LimberSecond *second = open_it (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (append (second, "one\n", NULL));
  g_unlink (fixture->path);
  g_assert_false (append (second, "two\n", &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
  g_clear_error (&error);
  put (fixture, "another\n");
  g_assert_false (append (second, "two\n", &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
  assert_is (fixture, "another\n");
  limber_second_close (second);
}

static char *
erase (const char *line, gsize length, gpointer data)
{
  return strncmp (line, "erase", 5) == 0 ? g_strdup ("gone\n") : NULL;
}

static void
it_is_rewritten_as_a_whole_or_not (Fixture *fixture, gconstpointer data)
{
  g_autofree char *new = g_strconcat (fixture->path, ".new", NULL);
  guint nth = 1;

  for (;; nth++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *found = NULL;
    LimberSecond *second;
    gboolean refused;

    put (fixture, "one\nerase me\ntwo\n");
    second = open_it (fixture);
    test_calls_fail_at (nth);
    refused = was_refused (limber_second_rewrite (second, erase, NULL, &error), &error);
    g_assert_true (g_file_get_contents (fixture->path, &found, NULL, NULL));
    g_assert_true (g_str_equal (found, "one\nerase me\ntwo\n") || g_str_equal (found, "one\ngone\ntwo\n"));
    g_assert_false (g_file_test (new, G_FILE_TEST_EXISTS));
    g_assert_true (limber_second_rewrite (second, erase, NULL, &error));
    g_assert_true (append (second, "three\n", &error)); /* to the new file */
    assert_is (fixture, "one\ngone\ntwo\nthree\n");
    limber_second_close (second);
    if (!refused)
      break;
  }
  g_assert_cmpuint (nth, >, 8);
}

/* A name that was changed may not be on the disk when that could not be synced: a rewriting that finds nothing to change says
 * that it is done only when it is. */
static void
it_is_not_rewritten_before_its_folder_is_synced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LimberSecond *second;

  put (fixture, "one\n");
  second = open_it (fixture);
  test_calls_fail_at (3); /* after the reading: the folder is opened, and synced */
  g_assert_true (was_refused (limber_second_rewrite (second, erase, NULL, &error), &error));
  limber_second_close (second);
}

static gboolean
count (const char *line, gsize length, gpointer data, GError **error)
{
  (*(guint *) data)++;
  return TRUE;
}

static void
what_cannot_be_read_is_not_its_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint lines = 0;

  g_assert_true (limber_second_each (fixture->dir, NULL, count, &lines, &error)); /* no file is no lines */
  g_assert_cmpuint (lines, ==, 0);
  put (fixture, "one\n\ntwo\nthr");
  test_calls_fail_at (1);
  g_assert_true (was_refused (limber_second_each (fixture->dir, NULL, count, &lines, &error), &error));
  g_assert_true (limber_second_each (fixture->dir, NULL, count, &lines, &error));
  g_assert_cmpuint (lines, ==, 2); /* whole ones, with something in them */
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (limber_second_each (fixture->dir, NULL, count, &lines, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
}

static void
it_is_not_begun_where_its_disk_is_not (Fixture *fixture, gconstpointer data)
{
  g_autofree char *where = g_build_filename (fixture->dir, "not mounted", "journal", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_second_open (fixture->dir, where, fill, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/second/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("what-is-appended-is-there-or-not-at-all", what_is_appended_is_there_or_not_at_all);
  ADD ("half-a-line-is-ended-by-who-opens-it", half_a_line_is_ended_by_who_opens_it);
  ADD ("a-lost-one-is-made-anew-as-a-whole-or-not", a_lost_one_is_made_anew_as_a_whole_or_not);
  ADD ("none-is-made-on-a-full-disk", none_is_made_on_a_full_disk);
  ADD ("a-call-that-was-interrupted-is-made-again", a_call_that_was_interrupted_is_made_again);
  ADD ("what-cannot-be-cut-off-again-is-told", what_cannot_be_cut_off_again_is_told);
  ADD ("nothing-is-written-where-nobody-looks", nothing_is_written_where_nobody_looks);
  ADD ("it-is-rewritten-as-a-whole-or-not", it_is_rewritten_as_a_whole_or_not);
  ADD ("it-is-not-rewritten-before-its-folder-is-synced", it_is_not_rewritten_before_its_folder_is_synced);
  ADD ("what-cannot-be-read-is-not-its-end", what_cannot_be_read_is_not_its_end);
  ADD ("it-is-not-begun-where-its-disk-is-not", it_is_not_begun_where_its_disk_is_not);
  return g_test_run ();
}
