/* What waits for somebody, and nothing that does. */
#include "gallery.h"
#include "limber-trust.h"
#include "sample.h"
#include "sample-lists.h"

static void
open_lists (Desk *desk, const char *which)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "desk.go", "s", which);
}

/* What its author had no right to, so far as central knows. */
static void
rights_page (const char *folder)
{
  static const char *const people[] = { "long", "thompson", "patel", "thomas", "oconnor" }, *const doubts[] = { LIMBER_DOUBT_UNKNOWN, LIMBER_DOUBT_LEFT, LIMBER_DOUBT_ROLE, LIMBER_DOUBT_SITE, LIMBER_DOUBT_DEVICE };
  Desk desk;

  desk_start_work (&desk, 20);
  gallery_show_sync (&desk);
  for (gsize i = 0; i < G_N_ELEMENTS (doubts); i++)
    sample_aside (desk.store, people[i], doubts[i]);
  open_lists (&desk, "tasks:aside");
  SEES (&desk, "does not know who wrote this");
  SEES (&desk, "does not allow it");
  gallery_page (&desk, folder, "lists-aside-rights");
  desk_tear_down (&desk);
}

/* What waits for somebody, and nothing that does. */
void
gallery_list_pages (const char *folder)
{
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  gallery_show_sync (&desk);
  sample_lists (desk.store);
  open_lists (&desk, "tasks");
  SEES (&desk, "is on it since 09:20");
  gallery_page (&desk, folder, "lists-to-do");
  desk_press (&desk, "Note…");
  gallery_page (&desk, folder, "lists-to-do-note");
  open_lists (&desk, "tasks:answers");
  SEES (&desk, "Stands now");
  gallery_page (&desk, folder, "lists-answers");
  open_lists (&desk, "tasks:aside");
  SEES (&desk, "It is right: use it");
  gallery_page (&desk, folder, "lists-aside");
  open_lists (&desk, "tasks:screens");
  SEES (&desk, "is it switched on?");
  gallery_page (&desk, folder, "lists-screens");
  desk_tear_down (&desk);
  desk_start_work (&desk, 0);
  open_lists (&desk, "tasks:screens");
  SEES (&desk, "No screens are known here");
  gallery_page (&desk, folder, "lists-screens-empty");
  open_lists (&desk, "tasks:aside");
  SEES (&desk, "Nothing is put aside");
  gallery_page (&desk, folder, "lists-aside-empty");
  open_lists (&desk, "tasks:answers");
  SEES (&desk, "Nobody disagrees");
  gallery_page (&desk, folder, "lists-answers-empty");
  open_lists (&desk, "tasks");
  SEES (&desk, "Nothing is to be done");
  gallery_page (&desk, folder, "lists-to-do-empty");
  desk_tear_down (&desk);
  rights_page (folder);
}
