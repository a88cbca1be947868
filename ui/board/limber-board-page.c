#include "limber-board-page.h"

#include <glib/gi18n-lib.h>

#include "limber-board-voice.h"
#include "limber-board-words.h"
#include "limber-date.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-screen.h"

#define NOTICES 5
/* The newest call's sizes, by that of the window's text; its room is told in smaller letters than its name. */
#define LARGEST 9.0
#define SMALLEST 2.0
#define WANTED 3.0 /* other things make room for it */
#define PLACE 0.6
/* What two lines of these take of one letter's size, with what is between them. */
#define LINES (1.25 + 1.35 * PLACE)

struct _LimberBoardPage {
  LimberKioskPage parent_instance;

  LimberEnv        *env;   /* (owned) */
  LimberBoard      *board; /* (owned) */
  LimberBoardVoice *voice; /* (owned) */
  const LimberKioskLanguage *language; /* that it is in; %NULL at first */
  guint             fitting; /* a source: the large words are to be fitted */

  GtkWidget *head;
  GtkLabel  *site;
  GtkLabel  *day;
  GtkLabel  *clock;
  GtkStack  *stack;
  GtkWidget *words;
  GtkLabel  *name;
  GtkLabel  *place;
  GtkBox    *lower;
  GtkWidget *recent_box;
  GtkGrid   *recent;
  GtkWidget *notices_box;
  GtkBox    *notices;
  GtkWidget *warning;
  GtkLabel  *calm_words;
  GtkLabel  *now_words;
  GtkLabel  *recent_words;
  GtkLabel  *notices_words;
  GtkLabel  *warning_words;
};

G_DEFINE_FINAL_TYPE (LimberBoardPage, limber_board_page, LIMBER_TYPE_KIOSK_PAGE)

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static int
em_of (GtkWidget *widget)
{
  return pango_font_description_get_size (pango_context_get_font_description (gtk_widget_get_pango_context (widget))) / PANGO_SCALE;
}

/* How wide the label's text is in the window's own size. */
static int
natural_width (GtkLabel *label)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), gtk_label_get_label (label));
  int natural;

  pango_layout_get_pixel_size (layout, &natural, NULL);
  return MAX (natural, 1);
}

static void
set_scale (GtkLabel *label, double scale)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}

/* The largest letters for the newest call: its room below the name, or beside it where it is wide and low. */
static void
fit_call (LimberBoardPage *page, int width, int height)
{
  int em = em_of (GTK_WIDGET (page)), name = natural_width (page->name), place = natural_width (page->place);
  double below = MIN ((double) width / MAX (name, PLACE * place), height / (LINES * em)), beside = MIN ((width - 2 * em) / (name + PLACE * place), height / (1.3 * em));
  double scale = CLAMP (MAX (below, beside), SMALLEST, LARGEST);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->words), beside > below ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  set_scale (page->name, scale);
  set_scale (page->place, scale * PLACE);
}

/* The height that is left for the newest call, when all else has what it needs. */
static int
free_height (LimberBoardPage *page, int width, int height)
{
  int em = em_of (GTK_WIDGET (page));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (page)); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int natural = 0;

    if (child != GTK_WIDGET (page->stack) && gtk_widget_get_visible (child))
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
    height -= natural + em;
  }
  return height - 3 * em; /* its own edge, and the words above it */
}

/* What of the window is the page's, however much it asks for. */
static gboolean
find_room (LimberBoardPage *page, int *width, int *height)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (page)));
  double x, y;

  if (window == NULL || gtk_widget_get_width (window) == 0 || !gtk_widget_translate_coordinates (GTK_WIDGET (page), window, 0, 0, &x, &y))
    return FALSE;
  *width = gtk_widget_get_width (window) - 2 * (int) x;
  *height = gtk_widget_get_height (window) - 2 * (int) y - em_of (GTK_WIDGET (page)) / 2;
  return TRUE;
}

static void
show_recent (LimberBoardPage *page, guint most)
{
  GPtrArray *recent = limber_board_get_recent (page->board);

  for (guint i = 0; i < LIMBER_BOARD_RECENT; i++) {
    GtkWidget *name = gtk_grid_get_child_at (page->recent, 0, (int) i), *place = gtk_grid_get_child_at (page->recent, 1, (int) i);
    LimberRow *call = i < MIN (recent->len, most) ? g_ptr_array_index (recent, i) : NULL;
    const char *words = call == NULL ? "" : limber_row_text (call, "place_name") != NULL ? limber_row_text (call, "place_name") : _("Desk");

    set_text (GTK_LABEL (name), call != NULL ? limber_row_text (call, "shown") : "");
    set_text (GTK_LABEL (place), words);
    gtk_widget_set_visible (name, call != NULL);
    gtk_widget_set_visible (place, call != NULL);
  }
  gtk_widget_set_visible (page->recent_box, MIN (recent->len, most) > 0);
}

static void
show_notices (LimberBoardPage *page, guint most)
{
  GPtrArray *notices = limber_board_get_notices (page->board);
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (page->notices));

  for (guint i = 0; line != NULL; i++, line = gtk_widget_get_next_sibling (line)) {
    g_autofree char *words = i < MIN (notices->len, most) ? limber_board_words_notice (g_ptr_array_index (notices, i)) : g_strdup ("");

    set_text (GTK_LABEL (line), words);
    gtk_widget_set_visible (line, i < MIN (notices->len, most));
  }
  gtk_widget_set_visible (page->notices_box, MIN (notices->len, most) > 0);
}

/* The day is left out where it does not fit beside the time. */
static void
fit_head (LimberBoardPage *page, int width)
{
  int least;

  gtk_widget_set_visible (GTK_WIDGET (page->day), TRUE);
  gtk_widget_measure (page->head, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (page->day), least <= width);
}

/* Shows no more of what is good to know, and then of who was called before, than there is room for beside the newest call. */
static void
fit_lower (LimberBoardPage *page, int width, int height)
{
  guint recent = limber_board_get_recent (page->board)->len, notices = limber_board_get_notices (page->board)->len;
  int least = (int) (em_of (GTK_WIDGET (page)) * WANTED * LINES);

  while (free_height (page, width, height) < least && notices + recent > 0) {
    if (notices > 0 && notices >= recent)
      show_notices (page, --notices);
    else
      show_recent (page, --recent);
  }
}

/* A screen that stands upright has the two lower cards one below the other. */
static gboolean
fit (gpointer data)
{
  LimberBoardPage *page = data;
  int width, height;

  page->fitting = 0;
  show_recent (page, LIMBER_BOARD_RECENT);
  show_notices (page, NOTICES);
  if (!find_room (page, &width, &height))
    return G_SOURCE_REMOVE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->lower), height > width ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  fit_head (page, width);
  fit_lower (page, width, height);
  fit_call (page, width - 4 * em_of (GTK_WIDGET (page)), free_height (page, width, height));
  return G_SOURCE_REMOVE;
}

static void
queue_fit (LimberBoardPage *page)
{
  if (page->fitting == 0)
    page->fitting = g_idle_add_full (GDK_PRIORITY_EVENTS, fit, page, NULL);
}

static void
show_now (LimberBoardPage *page)
{
  LimberRow *call = limber_board_get_now (page->board);
  g_autofree char *place = call != NULL ? limber_board_words_place (call) : g_strdup ("");

  set_text (page->name, call != NULL ? limber_row_text (call, "shown") : "");
  set_text (page->place, place);
  gtk_stack_set_visible_child_name (page->stack, call != NULL ? "call" : "calm");
}

static void
show_time (LimberBoardPage *page)
{
  gint64 now = limber_env_now (page->env);
  g_autofree char *time = limber_time_for_public (now), *day = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  day = limber_date_for_public (today);
  set_text (page->clock, time);
  set_text (page->day, day);
}

static gboolean
stands (const LimberId *id, gpointer data)
{
  LimberRow *call = limber_board_get_now (data);
  GPtrArray *recent = limber_board_get_recent (data);

  if (call != NULL && limber_id_equal (id, limber_row_id (call, "id")))
    return TRUE;
  for (guint i = 0; i < recent->len; i++) {
    call = g_ptr_array_index (recent, i);
    if (limber_id_equal (id, limber_row_id (call, "id")))
      return !limber_row_integer (call, "gone_in");
  }
  return FALSE;
}

/* It stays when the site's language comes to be known, or changes: what always stands on it is said anew. */
static void
speak (LimberBoardPage *page)
{
  const struct { GtkLabel *label; const char *words; } all[] = {
    /* Translators: on the waiting-room screen, while nobody is called */
    { page->calm_words, _("Please take a seat. We will call you.") },
    /* Translators: on the waiting-room screen, above a name or a number */
    { page->now_words, _("Please go in now") },
    /* Translators: on the waiting-room screen, above the last few people who were called */
    { page->recent_words, _("Called before") },
    /* Translators: on the waiting-room screen, above classes and delays */
    { page->notices_words, _("Good to know") },
    /* Translators: on the waiting-room screen, while it hears nothing from the desk */
    { page->warning_words, _("Calls may be late here. Please listen for your name.") },
  };

  page->language = limber_kiosk_language_get ();
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_label_set_label (all[i].label, all[i].words);
}

static void
on_changed (LimberBoardPage *page)
{
  const char *site = limber_board_get_site (page->board);

  set_text (page->site, site != NULL ? site : "");
  show_now (page);
  gtk_widget_set_visible (page->warning, !limber_board_is_connected (page->board));
  queue_fit (page);
  limber_board_voice_retain (page->voice, stands, page->board);
}

static void
on_called (LimberBoardPage *page, LimberRow *call)
{
  limber_board_voice_call (page->voice, call, limber_board_get_volume (page->board));
}

static void
limber_board_page_tick (LimberKioskPage *page, guint left)
{
  LimberBoardPage *self = LIMBER_BOARD_PAGE (page);

  limber_board_tick (self->board);
  if (self->language != limber_kiosk_language_get ()) {
    speak (self);
    on_changed (self);
  }
  show_time (self);
}

static void
limber_board_page_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limber_board_page_parent_class)->realize (widget);
  limber_kiosk_screen_on_resize (widget, G_CALLBACK (queue_fit));
}

static void
limber_board_page_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (limber_board_page_parent_class)->css_changed (widget, change);
  queue_fit (LIMBER_BOARD_PAGE (widget));
}

static void
limber_board_page_dispose (GObject *object)
{
  LimberBoardPage *page = LIMBER_BOARD_PAGE (object);

  g_clear_handle_id (&page->fitting, g_source_remove);
  if (page->board != NULL)
    g_signal_handlers_disconnect_by_data (page->board, page);
  g_clear_pointer (&page->voice, limber_board_voice_free);
  g_clear_object (&page->board);
  g_clear_pointer (&page->env, limber_env_unref);
  G_OBJECT_CLASS (limber_board_page_parent_class)->dispose (object);
}

static void
limber_board_page_class_init (LimberBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_board_page_dispose;
  widget_class->realize = limber_board_page_realize;
  widget_class->css_changed = limber_board_page_css_changed;
  LIMBER_KIOSK_PAGE_CLASS (klass)->tick = limber_board_page_tick;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, head);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, site);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, day);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, clock);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, words);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, name);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, place);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, lower);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, recent);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, notices_box);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, notices);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, warning);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, calm_words);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, now_words);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, recent_words);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, notices_words);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, warning_words);
}

static GtkWidget *
new_line (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  return label;
}

/* The lines are there from the beginning: there are never more. */
static void
limber_board_page_init (LimberBoardPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  for (int i = 0; i < LIMBER_BOARD_RECENT; i++) {
    GtkWidget *name = new_line ("called"), *place = new_line ("where");

    gtk_widget_set_hexpand (name, TRUE);
    gtk_grid_attach (page->recent, name, 0, i, 1, 1);
    gtk_grid_attach (page->recent, place, 1, i, 1, 1);
  }
  for (guint i = 0; i < NOTICES; i++)
    gtk_box_append (page->notices, new_line ("notice"));
}

/**
 * limber_board_page_new:
 * @env: whose clock counts
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_board_page_new (LimberEnv *env)
{
  LimberBoardPage *page = g_object_new (LIMBER_TYPE_BOARD_PAGE, NULL);
  g_autoptr (LimberSpeech) speech = limber_speech_new ("limber-kiosk", limber_kiosk_language_codes ());

  page->env = limber_env_ref (env);
  page->board = limber_board_new (env);
  page->voice = limber_board_voice_new (speech);
  g_signal_connect_swapped (page->board, "changed", G_CALLBACK (on_changed), page);
  g_signal_connect_swapped (page->board, "called", G_CALLBACK (on_called), page);
  speak (page);
  show_time (page);
  on_changed (page);
  return LIMBER_KIOSK_PAGE (page);
}

/**
 * limber_board_page_get_board:
 *
 * Returns: (transfer none): what it shows
 */
LimberBoard *
limber_board_page_get_board (LimberBoardPage *page)
{
  return page->board;
}

static void
set_store (LimberKioskPage *page, LimberStore *store, LimberClient *client)
{
  limber_board_set_store (LIMBER_BOARD_PAGE (page)->board, store, client);
}

const LimberKioskHome limber_board_home = { LIMBER_CLASS_BOARD, limber_board_page_new, set_store };
