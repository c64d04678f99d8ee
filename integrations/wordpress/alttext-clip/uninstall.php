<?php
/**
 * Removes what the plugin has stored; alternatives belong to the images and stay.
 *
 * @package Alttext
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

foreach ( is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 0 ) as $alttext_site ) {
	if ( $alttext_site ) {
		switch_to_blog( $alttext_site );
	}
	delete_option( 'alttext_clip_url' );
	if ( $alttext_site ) {
		restore_current_blog();
	}
}
