/* The same walk over the letter measures it and draws it, so that both break at the same places. */
#include "limber-letter-paper.h"

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#include "limber-date.h"
#include "limber-qr.h"

#define SIZE 12.0       /* points; the least that the NHS asks for */
#define SIZE_LARGE 18.0 /* for who needs large print */
#define GAP 14.0
#define CODE 92.0       /* of a QR code, with the quiet around it */
#define ADDRESS_Y 70.0  /* in the window of an envelope (DL) */

struct _LimberLetterPaper {
  LimberLetter *letter; /* (owned) */
  char         *site;   /* (owned) */
  char         *title;  /* (owned) (nullable): in the patient's language */
  GPtrArray    *words;  /* (owned) (nullable): char: the same, of each visit */
  double        width, height, size;
};

/* Where a walk is. */
typedef struct {
  LimberLetterPaper *paper;
  cairo_t           *cr;
  gboolean           draws; /* this page */
  guint              page;  /* on which it is */
  guint              wanted;
  double             y;
} Walk;

/* When, and with whom, as the patient reads it: "7 grudnia 2026" and below it "17:30, przyjmuje Priya". */
static char *
say_in (const LimberCatalogue *catalogue, const LimberLetterVisit *visit)
{
  const char *with = visit->first != NULL ? limber_catalogue_find (catalogue, NULL, "%1$s with %2$s") : NULL;
  char date[LIMBER_DATE_LENGTH + 1];
  g_autofree char *day = NULL, *time = limber_time_in (catalogue, visit->start), *line = NULL;

  limber_date_of_time (visit->start, date);
  day = limber_date_in (catalogue, date);
  line = with != NULL ? g_strdup_printf (with, time, visit->first) : g_strdup (time);
  return g_strdup_printf ("%s\n%s", day, line);
}

static void
say_all_in (LimberLetterPaper *paper, const LimberCatalogue *catalogue)
{
  GPtrArray *visits = paper->letter->visits;

  paper->title = visits->len == 1 ? g_strdup (limber_catalogue_find (catalogue, NULL, "Your appointment")) : NULL;
  paper->words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (paper->words, say_in (catalogue, g_ptr_array_index (visits, i)));
}

/**
 * limber_letter_paper_new:
 * @letter: (transfer full): what it says
 * @site: who writes
 * @catalogue: (nullable): of the public screens, in the patient's language: then what matters most stands there in it too, beside the
 *   English, so that staff know what was sent
 *
 * Returns: (transfer full): the paper
 */
LimberLetterPaper *
limber_letter_paper_new (LimberLetter *letter, const char *site, const LimberCatalogue *catalogue)
{
  LimberLetterPaper *paper = g_new0 (LimberLetterPaper, 1);

  paper->letter = letter;
  paper->site = g_strdup (site);
  paper->size = letter->large ? SIZE_LARGE : SIZE;
  if (catalogue != NULL)
    say_all_in (paper, catalogue);
  return paper;
}

void
limber_letter_paper_free (LimberLetterPaper *paper)
{
  limber_letter_free (paper->letter);
  g_free (paper->site);
  g_free (paper->title);
  g_clear_pointer (&paper->words, g_ptr_array_unref);
  g_free (paper);
}

static PangoLayout *
layout_of (Walk *walk, const char *text, double scale, gboolean bold, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (walk->cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, walk->paper->size * scale * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* Goes on to another page where @height does not fit. */
static void
make_room (Walk *walk, double height)
{
  if (walk->y + height <= walk->paper->height || walk->y <= 0)
    return;
  walk->page++;
  walk->y = 0;
  walk->draws = walk->page == walk->wanted;
}

static void
put (Walk *walk, const char *text, double scale, gboolean bold)
{
  g_autoptr (PangoLayout) layout = layout_of (walk, text, scale, bold, walk->paper->width);
  double height = height_of (layout);

  make_room (walk, height);
  if (walk->draws) {
    cairo_move_to (walk->cr, 0, walk->y);
    pango_cairo_show_layout (walk->cr, layout);
  }
  walk->y += height + GAP / 2;
}

/* The code in two halves, as one reads it out. */
static char *
words_of (const LimberLetterVisit *visit)
{
  GString *text = g_string_new (NULL);

  if (visit->with != NULL) /* Translators: a clinician */
    g_string_append_printf (text, _("With %s\n"), visit->with);
  g_string_append_printf (text, "%s\n", visit->where);
  /* Translators: a code of ten letters and figures, in two halves */
  g_string_append_printf (text, _("Code: %1$.5s %2$s"), visit->code, visit->code + 5);
  return g_string_free (text, FALSE);
}

static void
put_visit (Walk *walk, guint i)
{
  const LimberLetterVisit *visit = g_ptr_array_index (walk->paper->letter->visits, i);
  g_autofree char *words = words_of (visit);
  const char *theirs = walk->paper->words != NULL ? g_ptr_array_index (walk->paper->words, i) : "";
  double width = walk->paper->width - CODE - GAP;
  g_autoptr (PangoLayout) when = layout_of (walk, visit->when, 1.15, TRUE, width), rest = layout_of (walk, words, 1, FALSE, width);
  g_autoptr (PangoLayout) own = layout_of (walk, theirs, 1.15, TRUE, width);
  double own_height = *theirs != '\0' ? height_of (own) + GAP / 2 : 0, height = MAX (CODE, own_height + height_of (when) + 10 + height_of (rest));

  make_room (walk, height);
  if (walk->draws) {
    limber_qr_draw (walk->cr, visit->code, 0, walk->y, CODE);
    cairo_move_to (walk->cr, CODE + GAP, walk->y + 6);
    pango_cairo_show_layout (walk->cr, own);
    cairo_move_to (walk->cr, CODE + GAP, walk->y + 6 + own_height);
    pango_cairo_show_layout (walk->cr, when);
    cairo_move_to (walk->cr, CODE + GAP, walk->y + 10 + own_height + height_of (when));
    pango_cairo_show_layout (walk->cr, rest);
  }
  walk->y += height + GAP;
}

static void
put_head (Walk *walk)
{
  const LimberLetter *letter = walk->paper->letter;
  g_autofree char *to = letter->address != NULL ? g_strdup_printf ("%s\n%s", letter->name, letter->address) : g_strdup (letter->name);
  g_autofree char *dear = g_strdup_printf (_("Dear %s"), letter->name);

  put (walk, walk->paper->site, 1.2, TRUE);
  walk->y = MAX (walk->y, ADDRESS_Y);
  put (walk, to, 1, FALSE);
  walk->y = MAX (walk->y + GAP, ADDRESS_Y + 120);
  put (walk, letter->date, 1, FALSE);
  walk->y += GAP;
  put (walk, dear, 1, FALSE);
  if (walk->paper->title != NULL)
    put (walk, walk->paper->title, 1.4, TRUE);
  put (walk, ngettext ("Your appointment", "Your appointments", letter->visits->len), 1.4, TRUE);
}

static void
walk_through (Walk *walk)
{
  GPtrArray *visits = walk->paper->letter->visits;

  cairo_set_source_rgb (walk->cr, 0, 0, 0);
  put_head (walk);
  for (guint i = 0; i < visits->len; i++)
    put_visit (walk, i);
  put (walk, _("When you come, show the square code to the screen at the entrance, or tell the person at the desk your name."), 1, FALSE);
  put (walk, _("If you cannot come, please tell us as soon as you can. Somebody else can then have the time."), 1, FALSE);
}

/**
 * limber_letter_paper_paginate:
 * @width: of what may be printed on, in points
 * @height: the same
 *
 * Returns: how many pages it takes
 */
guint
limber_letter_paper_paginate (LimberLetterPaper *paper, double width, double height)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  Walk walk = { .paper = paper, .cr = cairo_create (surface), .wanted = G_MAXUINT };

  paper->width = width;
  paper->height = height;
  walk_through (&walk);
  cairo_destroy (walk.cr);
  cairo_surface_destroy (surface);
  return walk.page + 1;
}

/**
 * limber_letter_paper_draw:
 * @cr: with a point as its unit, and its origin where the page may be printed on
 * @page: below what limber_letter_paper_paginate() returned
 */
void
limber_letter_paper_draw (LimberLetterPaper *paper, cairo_t *cr, guint page)
{
  Walk walk = { .paper = paper, .cr = cr, .wanted = page, .draws = page == 0 };

  walk_through (&walk);
}

/**
 * limber_letter_paper_printable:
 * @paper: (transfer full)
 *
 * Returns: what limber_print_upright() prints
 */
LimberPrintable
limber_letter_paper_printable (LimberLetterPaper *paper)
{
  return (LimberPrintable){ paper, (LimberPaginateFunc) limber_letter_paper_paginate, (LimberDrawFunc) limber_letter_paper_draw, (GDestroyNotify) limber_letter_paper_free };
}
