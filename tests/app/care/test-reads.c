/* Reads: that they are written down, how many there are of them, and who keeps them. */
#include "care-fixture.h"

#include "limber-error.h"
#include "limber-reads.h"

typedef struct {
  LimberId     patient;
  const char  *what;
  LimberAuthor author;
  GPtrArray   *rows;
} Job;

static gboolean
note (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_reads_note (transaction, &job->patient, job->what, &job->author, error);
}

static gboolean
list (LimberReader *reader, gpointer data, GError **error)
{
  Job *job = data;

  job->rows = limber_reads_list (reader, &job->patient, error);
  return job->rows != NULL;
}

static Job
prepare (LimberStore *store)
{
  static char author[LIMBER_ID_TEXT_LENGTH + 1];
  Job job = { .what = "page" };
  LimberId ruth;

  test_id (&ruth, "ruth");
  test_id (&job.patient, "anne");
  limber_id_to_text (&ruth, author);
  job.author = (LimberAuthor){ author, "reception" };
  test_store_put (store, "staff", &ruth, "number", "S1", "family", "Reid", "given", "Ruth", "role", "reception", NULL);
  test_store_put (store, "patient", &job.patient, "family", "Quill", "given", "Anne", "born", "1954-08-06", NULL);
  return job;
}

/* How many entries about reads the journal has. */
static gint64
count_written (Care *care)
{
  return care_count (care, "SELECT count(*) FROM journal WHERE header LIKE '%\"reading\"%'");
}

static void
do_note (LimberStore *store, Job *job)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (store, note, job, &error);
  g_assert_no_error (error);
}

static void
test_cheap (Care *care, gconstpointer data)
{
  Job job = prepare (care->hub);

  care_clock (care, "09:00");
  for (int i = 0; i < 50; i++)
    do_note (care->hub, &job);
  g_assert_cmpint (count_written (care), ==, 1);
  care_clock (care, "09:14");
  do_note (care->hub, &job);
  g_assert_cmpint (count_written (care), ==, 1);
  care_clock (care, "09:15");
  do_note (care->hub, &job);
  job.what = "print";
  do_note (care->hub, &job);
  g_assert_cmpint (count_written (care), ==, 3);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM reading"), ==, 0); /* only central keeps them */
  g_test_message ("a read in the journal: %d bytes", (int) care_count (care, "SELECT max(length(header) + length(body)) FROM journal WHERE header LIKE '%\"reading\"%'"));
  g_assert_cmpint (care_count (care, "SELECT max(length(header) + length(body)) FROM journal WHERE header LIKE '%\"reading\"%'"), <, 800);
  job.author = (LimberAuthor){ "system:limberctl", "set-up" };
  do_note (care->hub, &job);
  g_assert_cmpint (count_written (care), ==, 3);
}

static void
test_elsewhere (Care *care, gconstpointer data)
{
  Job job = prepare (care->hub);
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_read (care->hub, list, &job, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

/* At central: also of a record that is the same person's, and with the reason for which glass was broken. */
static void
test_central (Care *care, gconstpointer data)
{
  g_autofree char *dir = test_dir_new ();
  LimberStore *central = test_store_new (dir, care->env, LIMBER_CLASS_CENTRAL, NULL);
  Job job;
  LimberId glass, ann;
  g_autofree char *same = NULL;
  g_autoptr (GError) error = NULL;

  care_clock (care, "09:00");
  job = prepare (central);
  do_note (central, &job);
  test_id (&glass, "glass");
  test_id (&ann, "ann");
  same = limber_id_dup_text (&job.patient);
  test_store_put (central, "patient", &ann, "family", "Quill", "given", "Ann", "born", "1954-08-06", "merged_into", same, NULL);
  care_clock (care, "10:00");
  test_store_put (central, "glass", &glass, "staff", job.author.author, "about", same, "reason", "She fell in the hall", "at", "2026-11-23T09:59:00Z", "until", "2026-11-23T10:59:00Z", NULL);
  job.patient = ann;
  do_note (central, &job);
  test_id (&job.patient, "anne");
  limber_store_read (central, list, &job, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (job.rows->len, ==, 3);
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (job.rows, 0), "what"), ==, "page");
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (job.rows, 0), "why"), ==, "She fell in the hall");
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (job.rows, 1), "what"), ==, "glass");
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (job.rows, 2), "family"), ==, "Reid");
  g_ptr_array_unref (job.rows);
  limber_store_close (central);
  g_object_unref (central);
  test_dir_remove (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/care/reads/a-page-that-is-opened-again-and-again-is-one-read-a-quarter-of-an-hour", Care, "hub", care_set_up, test_cheap, care_tear_down);
  g_test_add ("/care/reads/who-read-only-central-says", Care, "hub", care_set_up, test_elsewhere, care_tear_down);
  g_test_add ("/care/reads/central-lists-all-reads-of-a-person-the-last-first", Care, "hub", care_set_up, test_central, care_tear_down);
  return g_test_run ();
}
