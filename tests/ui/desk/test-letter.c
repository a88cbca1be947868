/* Letters as they come out of a printer: drawn without a display into a PDF, read again, and scanned. */
#include <cairo-pdf.h>
#include <gio/gio.h>
#include <string.h>

#include "limber-kinds.h"
#include "limber-letter-paper.h"
#include "limber-letters.h"
#include "limber-test.h"
#include "pdf.h"

/* A4 upright, without margins of a centimetre. */
#define WIDTH 538.0
#define HEIGHT 785.0
#define MARGIN 28.0

typedef struct {
  TestClock     clock;
  LimberEnv    *env;
  char         *dir;
  LimberStore  *store;
  LimberId      site, patient;
  LimberLetter *letter; /* (nullable) */
} Fixture;

static void
book (Fixture *fixture, const char *key, const char *start, const char *status)
{
  g_autofree char *site = limber_id_dup_text (&fixture->site), *patient = limber_id_dup_text (&fixture->patient), *with = NULL, *place = NULL;
  LimberId id, staff, room;

  test_id (&id, key);
  test_id (&staff, "staff");
  test_id (&room, "room");
  with = limber_id_dup_text (&staff);
  place = limber_id_dup_text (&room);
  test_store_put (fixture->store, "appointment", &id, "patient", patient, "site", site, "clinician", with, "place", place, "start", start, "minutes", "30", "status", status, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *site = NULL;
  LimberId id;

  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  test_id (&fixture->site, "site");
  test_id (&fixture->patient, "patient");
  site = limber_id_dup_text (&fixture->site);
  fixture->store = test_store_new (fixture->dir, fixture->env, LIMBER_CLASS_DESK, &fixture->site);
  test_store_put (fixture->store, "site", &fixture->site, "code", "LMB01", "name", "Alexandra Avenue", NULL);
  test_id (&id, "staff");
  test_store_put (fixture->store, "staff", &id, "number", "S1", "family", "Shah", "given", "Priya", "role", "physiotherapist", NULL);
  test_id (&id, "room");
  test_store_put (fixture->store, "place", &id, "site", site, "name", "Room 2", NULL);
  test_store_put (fixture->store, "patient", &fixture->patient, "family", "Wiśniewska", "given", "Małgorzata", "born", "1980-05-05", "address", "142 Alexandra Avenue\nHarrow", "postcode", "HA3 1HQ", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->letter, limber_letter_free);
  g_object_unref (fixture->store);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

static gboolean
read_letter (LimberReader *reader, gpointer data, GError **error)
{
  Fixture *fixture = data;

  fixture->letter = limber_letter_read (reader, &fixture->patient, error);
  return fixture->letter != NULL;
}

/* Draws the letter. Returns: (transfer full): the PDF's path. */
static char *
draw (Fixture *fixture, guint *n_pages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberLetterPaper) paper = NULL;
  g_autoptr (LimberCatalogue) catalogue = NULL;
  char *path = g_build_filename (fixture->dir, "letter.pdf", NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN);
  cairo_t *cr = cairo_create (surface);

  limber_store_read (fixture->store, read_letter, fixture, &error);
  g_assert_no_error (error);
  catalogue = limber_letters_catalogue (fixture->letter->language);
  paper = limber_letter_paper_new (g_steal_pointer (&fixture->letter), "Alexandra Avenue", catalogue);
  *n_pages = limber_letter_paper_paginate (paper, WIDTH, HEIGHT);
  cairo_translate (cr, MARGIN, MARGIN);
  for (guint i = 0; i < *n_pages; i++) {
    limber_letter_paper_draw (paper, cr, i);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

static char *
spawn (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  return text;
}

/* What a scanner reads on the first page. */
static char *
scan (Fixture *fixture, const char *pdf)
{
  g_autofree char *picture = g_build_filename (fixture->dir, "page", NULL), *png = g_strconcat (picture, ".png", NULL), *nothing = spawn ((const char *const[]){ "pdftoppm", "-r", "150", "-singlefile", "-png", pdf, picture, NULL });

  return spawn ((const char *const[]){ "zbarimg", "--quiet", "--raw", png, NULL });
}

static void
test_scanned (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pdf = NULL, *text = NULL, *scanned = NULL, *code = NULL;
  LimberId id;
  guint pages;

  book (fixture, "one", "2026-12-07T17:30:00Z", "booked");
  test_id (&id, "one");
  code = limber_kinds_appointment_code (&id);
  pdf = draw (fixture, &pages);
  text = pdf_text (pdf);
  scanned = scan (fixture, pdf);
  g_assert_cmpuint (pages, ==, 1);
  g_assert_cmpstr (g_strchomp (scanned), ==, code);
  g_assert_nonnull (strstr (text, "Monday 7 December 2026, 5:30pm"));
  g_assert_nonnull (strstr (text, "Małgorzata Wiśniewska"));
  g_assert_nonnull (strstr (text, "HA3 1HQ"));
  g_assert_nonnull (strstr (text, "With Priya Shah"));
  g_assert_nonnull (strstr (text, "Alexandra Avenue, Room 2"));
}

static void
test_several (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pdf = NULL, *text = NULL;
  guint pages;

  for (guint i = 0; i < 10; i++) {
    g_autofree char *key = g_strdup_printf ("v%u", i), *start = g_strdup_printf ("2026-12-%02uT09:00:00Z", i + 1);

    book (fixture, key, start, i == 3 ? "cancelled" : "booked");
  }
  book (fixture, "past", "2026-11-20T09:00:00Z", "booked");
  pdf = draw (fixture, &pages);
  text = pdf_text (pdf);
  g_assert_cmpuint (pages, ==, 2);
  g_assert_nonnull (strstr (text, "Tuesday 1 December 2026, 9am"));
  g_assert_nonnull (strstr (text, "Thursday 10 December 2026, 9am"));
  g_assert_null (strstr (text, "4 December"));
  g_assert_null (strstr (text, "November 2026, "));
}

static void
test_restricted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pdf = NULL, *text = NULL;
  guint pages;

  book (fixture, "one", "2026-12-07T17:30:00Z", "booked");
  test_store_put (fixture->store, "patient", &fixture->patient, "restricted", "1", NULL);
  pdf = draw (fixture, &pages);
  text = pdf_text (pdf);
  g_assert_nonnull (strstr (text, "Małgorzata Wiśniewska"));
  g_assert_null (strstr (text, "HA3 1HQ"));
}

/* What matters most is in her language too; and in English beside it, for whoever is asked about it. */
static void
test_own_language (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pdf = NULL, *text = NULL;
  guint pages;

  book (fixture, "one", "2026-12-07T17:30:00Z", "booked");
  test_store_put (fixture->store, "patient", &fixture->patient, "language", "pl", NULL);
  pdf = draw (fixture, &pages);
  text = pdf_text (pdf);
  g_assert_cmpuint (pages, ==, 1);
  g_assert_nonnull (strstr (text, "Wizyta"));
  g_assert_nonnull (strstr (text, "7 grudnia 2026"));
  g_assert_nonnull (strstr (text, "17:30, przyjmuje Priya"));
  g_assert_nonnull (strstr (text, "Your appointment"));
  g_assert_nonnull (strstr (text, "Monday 7 December 2026, 5:30pm"));
}

/* A language that the public screens do not speak, and one that is none. */
static void
test_other_language (Fixture *fixture, gconstpointer data)
{
  static const char *const languages[] = { "xx", "../pl", "PL", "" };
  g_autofree char *pdf = NULL, *text = NULL;
  guint pages;

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    g_assert_null (limber_letters_catalogue (languages[i]));
  g_assert_null (limber_letters_catalogue (NULL));
  book (fixture, "one", "2026-12-07T17:30:00Z", "booked");
  test_store_put (fixture->store, "patient", &fixture->patient, "language", "xx", NULL);
  pdf = draw (fixture, &pages);
  text = pdf_text (pdf);
  g_assert_nonnull (strstr (text, "Monday 7 December 2026, 5:30pm"));
}

static void
test_nothing_to_say (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) none = NULL, died = NULL;

  g_assert_false (limber_store_read (fixture->store, read_letter, fixture, &none));
  g_assert_cmpstr (none->message, ==, "This person has no appointment to come.");
  book (fixture, "one", "2026-12-07T17:30:00Z", "booked");
  test_store_put (fixture->store, "patient", &fixture->patient, "died", "2026-11-01", NULL);
  g_assert_false (limber_store_read (fixture->store, read_letter, fixture, &died));
  g_assert_cmpstr (died->message, ==, "This person is recorded as having died. No letter is written.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/desk/letter/a-scanner-reads-the-code-that-the-kiosk-knows", Fixture, NULL, set_up, test_scanned, tear_down);
  g_test_add ("/ui/desk/letter/all-appointments-to-come-are-in-it-over-as-many-pages-as-it-takes", Fixture, NULL, set_up, test_several, tear_down);
  g_test_add ("/ui/desk/letter/a-restricted-address-is-not-printed", Fixture, NULL, set_up, test_restricted, tear_down);
  g_test_add ("/ui/desk/letter/what-matters-is-in-the-patients-language-beside-the-english", Fixture, NULL, set_up, test_own_language, tear_down);
  g_test_add ("/ui/desk/letter/a-language-without-a-catalogue-is-english", Fixture, NULL, set_up, test_other_language, tear_down);
  g_test_add ("/ui/desk/letter/nothing-is-written-where-there-is-nothing-to-say", Fixture, NULL, set_up, test_nothing_to_say, tear_down);
  return g_test_run ();
}
