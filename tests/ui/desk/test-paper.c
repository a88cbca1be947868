/* The papers as they come out of a printer: drawn without a display into a PDF, and read again. */
#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <string.h>

#include "limber-building.h"
#include "limber-day-list.h"
#include "limber-day-paper.h"
#include "pdf.h"

/* A4 across, without margins of a centimetre. */
#define WIDTH 785.0
#define HEIGHT 538.0
#define MARGIN 28.0

static const char *kept; /* (nullable): the folder in which the PDFs are left, to be looked at */

static LimberDayLine *
line_of (const char *time, const char *name, const char *needs, const char *closed)
{
  static const char *const names[] = { "id" };
  LimberDayLine *line = g_new0 (LimberDayLine, 1);

  line->row = limber_row_new (names, 1);
  line->time = g_strdup (time);
  line->name = g_strdup (name);
  line->born = g_strdup ("Born 06-Aug-1954 (72y)");
  line->number = g_strdup ("NHS No. 999 000 0018");
  line->with = g_strdup ("Priya Shah");
  line->place = g_strdup ("Room 2");
  line->needs = g_strdup (needs);
  line->closed = g_strdup (closed);
  return line;
}

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) limber_day_line_free);
}

static const LimberPaperHead head = { "Alexandra Avenue", "2026-11-23", G_GINT64_CONSTANT (1795420920000) /* 08:02 */, "Up to date · 08:01", "Anna Reid" };

/* Draws the paper, and reads its text. Returns: (transfer full). */
static char *
print (LimberPaper *paper, const char *name, guint *n_pages)
{
  g_autofree char *file = g_strdup_printf ("%s.pdf", name), *path = g_build_filename (kept != NULL ? kept : g_get_tmp_dir (), file, NULL), *text = NULL;
  cairo_surface_t *surface = cairo_pdf_surface_create (path, WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, MARGIN, MARGIN);
  *n_pages = limber_paper_paginate (paper, WIDTH, HEIGHT);
  for (guint i = 0; i < *n_pages; i++) {
    limber_paper_draw (paper, cr, i);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  text = pdf_text (path);
  if (kept == NULL)
    g_assert_cmpint (g_unlink (path), ==, 0);
  return g_steal_pointer (&text);
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = strstr (text, what); at != NULL; at = strstr (at + 1, what))
    n++;
  return n;
}

#define assert_has(text, what) g_assert_nonnull (strstr (text, what))

static void
a_day_is_printed_with_its_state_and_boxes (void)
{
  g_autoptr (GPtrArray) lines = new_lines ();
  g_autoptr (LimberPaper) paper = NULL;
  g_autofree char *text = NULL;
  LimberDayLine *line = line_of ("09:00", "THOMPSON, Dorothy (Mrs)", "hearing loop", NULL);
  guint pages;

  line->came = g_strdup ("08:51");
  line->mark = g_strdup ("See the desk first");
  g_ptr_array_add (lines, line);
  g_ptr_array_add (lines, line_of ("09:30", "ŠTĚPÁNEK, Ondřej", NULL, "Cancelled"));
  paper = limber_day_paper_of_day (lines, &head);
  text = print (paper, "day", &pages);
  g_assert_cmpuint (pages, ==, 1);
  assert_has (text, "Alexandra Avenue · Monday 23-Nov-2026");
  assert_has (text, "2 appointments · As of 23-Nov-2026 08:02 · Up to date · 08:01");
  assert_has (text, "THOMPSON, Dorothy (Mrs)");
  assert_has (text, "Born 06-Aug-1954 (72y)");
  assert_has (text, "NHS No. 999 000 0018");
  assert_has (text, "See the desk first");
  assert_has (text, "hearing loop");
  assert_has (text, "08:51");
  assert_has (text, "ŠTĚPÁNEK, Ondřej");
  assert_has (text, "Cancelled");
  assert_has (text, "Did not");
  assert_has (text, "Page 1 of 1");
}

static void
three_hundred_make_pages_with_the_heading_on_each (void)
{
  g_autoptr (GPtrArray) lines = new_lines ();
  g_autoptr (LimberPaper) paper = NULL;
  g_autofree char *text = NULL, *last = NULL;
  guint pages;

  for (guint i = 0; i < 300; i++) {
    g_autofree char *time = g_strdup_printf ("%02u:%02u", 8 + i / 30, i % 30 * 2), *name = g_strdup_printf ("PERSON-%03u, Ann", i);

    g_ptr_array_add (lines, line_of (time, name, i % 7 == 0 ? "wheelchair" : NULL, NULL));
  }
  paper = limber_day_paper_of_day (lines, &head);
  text = print (paper, "three-hundred", &pages);
  g_assert_cmpuint (pages, >=, 15);
  g_assert_cmpuint (pages, <=, 40);
  g_assert_cmpuint (count (text, "Alexandra Avenue · Monday"), ==, pages);
  g_assert_cmpuint (count (text, "Came at"), ==, pages);
  last = g_strdup_printf ("Page %u of %u", pages, pages);
  assert_has (text, last);
  for (guint i = 0; i < 300; i++) {
    g_autofree char *name = g_strdup_printf ("PERSON-%03u, Ann", i);

    g_assert_cmpuint (count (text, name), ==, 1);
  }
}

static void
a_long_name_is_wrapped_and_never_cut (void)
{
  g_autoptr (GPtrArray) lines = new_lines ();
  g_autoptr (LimberPaper) paper = NULL;
  g_autofree char *text = NULL;
  guint pages;

  g_ptr_array_add (lines, line_of ("09:00", "MONTGOMERY-FEATHERSTONEHAUGH-WOLSTENHOLME, Alexandra Wilhelmina Georgiana Maud (The Right Honourable)", "interpreter, British Sign Language · easy read · wheelchair · carer attends", NULL));
  paper = limber_day_paper_of_day (lines, &head);
  text = print (paper, "long", &pages);
  assert_has (text, "MONTGOMERY-");
  assert_has (text, "Georgiana");
  assert_has (text, "Honourable)");
  assert_has (text, "wheelchair");
  assert_has (text, "attends");
}

static void
names_from_right_to_left_are_whole (void)
{
  g_autoptr (GPtrArray) lines = new_lines ();
  g_autoptr (LimberPaper) paper = NULL, mirrored = NULL;
  g_autofree char *text = NULL, *other = NULL;
  guint pages;

  g_ptr_array_add (lines, line_of ("09:00", "حداد, ليلى (Mrs)", NULL, NULL));
  paper = limber_day_paper_of_day (lines, &head);
  text = print (paper, "arabic", &pages);
  assert_has (text, "حداد");
  assert_has (text, "ليلى");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  mirrored = limber_day_paper_of_day (lines, &head);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  other = print (mirrored, "mirrored", &pages);
  g_assert_cmpuint (pages, ==, 1);
  g_assert_true (strstr (strstr (text, "Came at"), "Note") != NULL);
  g_assert_true (strstr (strstr (other, "Note"), "Came at") != NULL); /* the first column is on the right */
}

static LimberBuildingPerson *
person_of (const char *name, const char *needs, const char *place, LimberBuildingStanding standing)
{
  LimberBuildingPerson *person = g_new0 (LimberBuildingPerson, 1);

  person->name = g_strdup (name);
  person->needs = g_strdup (needs);
  person->place = g_strdup (place);
  person->standing = standing;
  person->since = head.now;
  return person;
}

static void
who_is_in_the_building_is_counted_on_top (void)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_building_person_free);
  g_autoptr (LimberPaper) paper = NULL, empty = NULL;
  g_autofree char *text = NULL, *nobody = NULL;
  guint pages;

  empty = limber_day_paper_of_building (people, &head);
  nobody = print (empty, "nobody", &pages);
  assert_has (nobody, "Nobody is known to be in the building.");
  g_ptr_array_add (people, person_of ("PATEL, Hansa (Mrs)", "interpreter, Gujarati", "Main waiting room", LIMBER_BUILDING_WAITING));
  g_ptr_array_add (people, person_of ("THOMPSON, Dorothy (Mrs)", "wheelchair", "Room 2", LIMBER_BUILDING_IN));
  g_ptr_array_add (people, person_of ("VANE, Ann", NULL, "Room 1", LIMBER_BUILDING_SEEN));
  paper = limber_day_paper_of_building (people, &head);
  text = print (paper, "building", &pages);
  assert_has (text, "2 people are in the building, and 1 more may be.");
  assert_has (text, "As of 23-Nov-2026 08:02 · Up to date · 08:01");
  assert_has (text, "Signed in at this desk: Anna Reid.");
  assert_has (text, "wheelchair");
  assert_has (text, "Room 2");
  assert_has (text, "seen, may have gone");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kept = g_getenv ("LIMBER_TEST_PICTURES");
  g_test_add_func ("/ui/paper/a-day-is-printed-with-its-state-and-boxes", a_day_is_printed_with_its_state_and_boxes);
  g_test_add_func ("/ui/paper/three-hundred-make-pages-with-the-heading-on-each", three_hundred_make_pages_with_the_heading_on_each);
  g_test_add_func ("/ui/paper/a-long-name-is-wrapped-and-never-cut", a_long_name_is_wrapped_and_never_cut);
  g_test_add_func ("/ui/paper/names-from-right-to-left-are-whole", names_from_right_to_left_are_whole);
  g_test_add_func ("/ui/paper/who-is-in-the-building-is-counted-on-top", who_is_in_the_building_is_counted_on_top);
  return g_test_run ();
}
